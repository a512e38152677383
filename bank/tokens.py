"""Random names: whatever leaves the house carries one of these, never a row's number."""

from __future__ import annotations

import secrets


def number() -> int:
    """A random number for a row that must not tell when it was added: 62 bits, never 0."""
    return secrets.randbelow((1 << 62) - 1) + 1


def token() -> str:
    """16 url-safe characters, 96 bits."""
    return secrets.token_urlsafe(12)
