"""The keys that seal what people tell us, and the separate key by which it can be found again."""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.exc import DontWrapMixin

FILE = "keys.json"
_VERSION = 1
_HEADER, _NONCE, _TAG = 2, 12, 16  # bytes
_KEY_BYTES = 32
_LOOKUP_BYTES = 16
_CHECK_LABEL, _CHECK_TEXT = "keys.check", "these keys fit this database"


class SealBroken(DontWrapMixin, Exception):
    """Sealed bytes do not open: altered, moved from another column, or sealed with a key we do not have."""


class KeysUnusable(Exception):
    """The key file is missing, or does not hold a key ring. The message says which file, never a key."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """AES-256 keys by id (1 to 255), which of them is current, and the permanent look-up key (32 bytes).

    Sealed bytes are a version byte, the key's id, a random 12-byte nonce, then AES-GCM ciphertext and tag; the column's
    label is authenticated with them. NIST SP 800-38D allows 2**32 random nonces a key: rotate long before that.
    """

    sealing: Mapping[int, bytes] = field(repr=False)
    current: int
    looking_up: bytes = field(repr=False)
    _ciphers: Mapping[int, AESGCM] = field(init=False, repr=False, compare=False)
    _header: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.current not in self.sealing or not all(0 < key_id < 256 for key_id in self.sealing):
            raise ValueError("a key ring needs key ids from 1 to 255, and its current key among them")
        if any(len(key) != _KEY_BYTES for key in (*self.sealing.values(), self.looking_up)):
            raise ValueError(f"every key is {_KEY_BYTES} bytes")
        object.__setattr__(self, "_ciphers", {key_id: AESGCM(key) for key_id, key in self.sealing.items()})
        object.__setattr__(self, "_header", bytes((_VERSION, self.current)))

    def seal(self, label: str, plain: bytes) -> bytes:
        """Seal `plain` for the column called `label` ("people.name"): 30 bytes longer, different every time."""
        nonce = os.urandom(_NONCE)
        return self._header + nonce + self._ciphers[self.current].encrypt(nonce, plain, label.encode())

    def open(self, label: str, sealed: bytes) -> bytes:
        """What was sealed for `label`. Raises SealBroken."""
        if len(sealed) < _HEADER + _NONCE + _TAG or sealed[0] != _VERSION:
            raise SealBroken(f"{label}: these bytes were not sealed by us")
        cipher = self._ciphers.get(sealed[1])
        if cipher is None:
            raise SealBroken(f"{label}: sealed with key {sealed[1]}, which is not in the key file")
        try:
            return cipher.decrypt(sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :], label.encode())
        except InvalidTag:
            raise SealBroken(f"{label}: altered, moved from another column, or sealed with another key") from None

    def lookup(self, text: str) -> bytes:
        """16 bytes that are always the same for the same text, and tell nothing without the look-up key."""
        return hmac.digest(self.looking_up, text.encode(), "sha256")[:_LOOKUP_BYTES]

    def check_value(self) -> bytes:
        """Bytes to keep in the database, by which `fits` can tell later whether the keys are still the right ones."""
        return self.seal(_CHECK_LABEL, self.lookup(_CHECK_TEXT))

    def fits(self, check_value: bytes) -> bool:
        """Whether the database that holds `check_value` was written with these keys."""
        try:
            return hmac.compare_digest(self.open(_CHECK_LABEL, check_value), self.lookup(_CHECK_TEXT))
        except SealBroken:
            return False

    def rotated(self) -> KeyRing:
        """The same ring with a new current key: what older keys sealed still opens, look-ups stay the same."""
        key_id = max(self.sealing) + 1
        return replace(self, sealing={**self.sealing, key_id: secrets.token_bytes(_KEY_BYTES)}, current=key_id)

    def save(self, folder: Path) -> None:
        """Write the ring to `folder`/keys.json (folder 0700, file 0600), whole or not at all."""
        _written(self, folder).replace(folder / FILE)

    @classmethod
    def load(cls, folder: Path) -> KeyRing:
        """The ring kept in `folder`. Raises KeysUnusable."""
        try:
            written = json.loads((folder / FILE).read_bytes())
            return cls(
                {int(key_id): base64.b64decode(key) for key_id, key in written["sealing"].items()},
                written["current"],
                base64.b64decode(written["looking_up"]),
            )
        except OSError as error:
            raise KeysUnusable(f"{folder / FILE} cannot be read: {error.strerror}") from error
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeysUnusable(f"{folder / FILE} does not hold a key ring") from None

    @classmethod
    def make(cls, folder: Path) -> KeyRing:
        """A new ring, kept in `folder`. Raises FileExistsError: keys in use are never written over; KeysUnusable."""
        ring = cls.ephemeral()
        try:
            written = _written(ring, folder)
        except OSError as error:
            raise KeysUnusable(f"{folder / FILE} cannot be written: {error.strerror}") from error
        try:
            (folder / FILE).hardlink_to(written)  # unlike a rename, refused where another process was quicker
        finally:
            written.unlink()
        return ring

    @classmethod
    def ephemeral(cls) -> KeyRing:
        """A new ring that is kept nowhere, for tests."""
        return cls({1: secrets.token_bytes(_KEY_BYTES)}, 1, secrets.token_bytes(_KEY_BYTES))


def _written(ring: KeyRing, folder: Path) -> Path:
    """The ring in a file of its own beside where it belongs."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = {
        "current": ring.current,
        "sealing": {str(key_id): base64.b64encode(key).decode() for key_id, key in ring.sealing.items()},
        "looking_up": base64.b64encode(ring.looking_up).decode(),
    }
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=FILE, delete=False) as file:
        json.dump(written, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    return Path(file.name)
