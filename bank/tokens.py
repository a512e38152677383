"""Random names: whatever leaves the house carries one of these, never a row's number."""

from __future__ import annotations

import secrets


def token() -> str:
    """16 url-safe characters, 96 bits."""
    return secrets.token_urlsafe(12)
