"""Is this request really Twilio's? (Twilio docs, Webhooks security.)"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import RequestValidator


class Form(dict[str, list[str]]):
    """Form parameters by name. `getall` is how the library asks for a repeated name's values."""

    def getall(self, name: str) -> list[str]:
        return self[name]


class Signatures:
    """Checks signatures for the address that was given to Twilio, with every token in force.

    `public_url` is what stands before the path: scheme, host, perhaps a port and a path prefix.
    The request's own Host header is never used: behind a proxy it is not what Twilio signed.
    """

    def __init__(self, public_url: str, tokens: Sequence[str]) -> None:
        self._bases = _with_and_without_port(public_url)
        self._validators = tuple(RequestValidator(token) for token in tokens if token)

    def genuine(self, signature: str, path: str, form: Mapping[str, list[str]]) -> bool:
        """Whether `signature` is ours for `path` (with its query, still encoded) and the parameters."""
        given = signature.encode("utf-8", "replace")
        target = path.partition("#")[0]
        try:
            return any(
                hmac.compare_digest(validator.compute_signature(base + target, form).encode(), given)
                for validator in self._validators
                for base in self._bases
            )
        except UnicodeEncodeError:  # a lone surrogate in the path: nothing Twilio could have signed
            return False


def same_body(path: str, body: bytes) -> bool:
    """Whether the query's bodySHA256 is the hash of `body`: how a body that is no form is signed."""
    claimed = parse_qs(urlsplit(path).query).get("bodySHA256", [""])[0]
    return hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), claimed.encode("utf-8", "replace"))


def _with_and_without_port(public_url: str) -> tuple[str, ...]:
    """Both spellings, the configured one first: Twilio signs now the one, now the other."""
    url = urlsplit(public_url.rstrip("/"))
    host = url.netloc.rpartition("@")[2]
    bare = host.removesuffix(f":{url.port}") if url.port else host
    ported = host if url.port else f"{host}:{443 if url.scheme == 'https' else 80}"
    spellings = (host, bare, ported)
    return tuple(dict.fromkeys(f"{url.scheme}://{spelling}{url.path}" for spelling in spellings))
