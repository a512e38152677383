"""How Twilio signs what it sends (Twilio docs, "Webhooks security")."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable


def sign(token: str, url: str, pairs: Iterable[tuple[str, str]] = ()) -> str:
    """The X-Twilio-Signature of a form post, or of a GET or JSON call when there are no pairs.

    `url` is as it was configured; a fragment is left out. A name that is repeated counts each
    different value once, in their sorted order.
    """
    signed = url.partition("#")[0] + "".join(name + value for name, value in sorted(set(pairs)))
    return b64encode(hmac.digest(token.encode(), signed.encode(), "sha1")).decode()


def with_body_hash(url: str, body: bytes) -> str:
    """The URL that a call with another body than a form goes to."""
    return f"{url}{'&' if '?' in url else '?'}bodySHA256={hashlib.sha256(body).hexdigest()}"
