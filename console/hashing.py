"""Hashing pass phrases for the pages: beside the loop, and few at once."""

from __future__ import annotations

import asyncio

from bank import pass_phrases
from console.room import Room


async def fits(room: Room, pass_phrase: str, kept: str | None) -> bool:
    """Whether it is the pass phrase of which `kept` is the hash; as slow where there is none."""
    async with room.hashing:
        return await asyncio.to_thread(pass_phrases.fits, pass_phrase, kept)


async def hashed(room: Room, pass_phrase: str) -> str:
    async with room.hashing:
        return await asyncio.to_thread(pass_phrases.hashed, pass_phrase)
