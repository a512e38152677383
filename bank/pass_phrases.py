"""Pass phrases and codes: how somebody of the team proves that it is them. Nothing here touches the database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

import pyotp
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

# OWASP ASVS 5.0, 6.2: 15 characters or more, no rule about kinds of characters, long ones allowed.
SHORTEST, LONGEST = 15, 200
_LEAST_LEFT, _LEAST_DIFFERENT = 8, 5
_COMMON = frozenset(
    {
        "heard",
        "password",
        "passphrase",
        "phrase",
        "administrator",
        "admin",
        "welcome",
        "letmein",
        "iloveyou",
        "qwertyuiop",
        "qwerty",
        "asdfghjkl",
        "zxcvbnm",
        "council",
        "secret",
        "dragon",
        "football",
        "monkey",
        "sunshine",
        "princess",
        "login",
    }
)
_AGAIN = re.compile(r"^(.{1,8}?)\1+$")
_HALF_A_MINUTE = 30
_EITHER_SIDE = 1  # half minutes by which a phone's clock may be wrong
# OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane.
_HASHER = PasswordHash([Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1)])
# A hash of nothing that anybody knows: an unknown name takes as long as a known one.
_NOBODYS = _HASHER.hash(pyotp.random_base32())


def hashed(pass_phrase: str) -> str:
    """The argon2id hash to keep. Takes tens of milliseconds: not for a transaction."""
    return _HASHER.hash(pass_phrase)


def fits(pass_phrase: str, kept: str | None) -> bool:
    """Whether it is the pass phrase of which `kept` is the hash; as slow where there is none. Exactly as typed."""
    fitting = _HASHER.verify(pass_phrase[:LONGEST], kept or _NOBODYS)
    return fitting and kept is not None and len(pass_phrase) <= LONGEST


def is_weak(pass_phrase: str, known: Iterable[str]) -> bool:
    """Whether somebody could guess it: what is `known` of them, common words and runs leave too little of it.

    ASVS 5.0, 6.2.4 and 6.2.11; there is no rule about kinds of characters.
    """
    rest = pass_phrase.casefold()
    words = {word for text in known for word in text.casefold().split() if len(word) > 2}
    for word in sorted(words | _COMMON, key=len, reverse=True):
        rest = rest.replace(word, "")
    rest = _AGAIN.sub(r"\1", _without_runs("".join(sign for sign in rest if sign.isalnum())))
    return len(rest) < _LEAST_LEFT or len(set(rest)) < _LEAST_DIFFERENT


def _without_runs(text: str) -> str:
    """Without what only counts up or down: "1234", "fedc"."""
    kept: list[str] = []
    for at, sign in enumerate(text):
        step = ord(sign) - ord(text[at - 1]) if at else 0
        if abs(step) != 1:
            kept.append(sign)
    return "".join(kept)


def new_secret() -> str:
    """What the authenticator app and we both know: 160 bits in base 32."""
    return pyotp.random_base32()


def address_for_app(secret: str, login: str, council: str) -> str:
    """What the authenticator app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=f"Heard, {council}")


def step_of(secret: str, code: str, now: datetime, used: int) -> int | None:
    """The half minute that this code belongs to; None where it is wrong, or of a half minute already used."""
    digits = "".join(sign for sign in code if sign in "0123456789")
    present = int(now.timestamp()) // _HALF_A_MINUTE
    app = pyotp.TOTP(secret)
    found = None
    for step in range(present - _EITHER_SIDE, present + _EITHER_SIDE + 1):
        if pyotp.utils.strings_equal(app.generate_otp(step), digits) and step > used:
            found = step
    return found
