"""Formats: what it sets going that somebody wants easy read, BSL, audio or large print."""

from __future__ import annotations

from bank import desk, speech
from bank.visit import Standing, Visit
from flows.format import EASY_READ
from storage.tasks import TaskKind


def chosen(visit: Visit, wished: str) -> None:
    """Easy read begins with easier words in our texts."""
    if wished == EASY_READ:
        speech.use_easier_words(visit, on=True)


def post(visit: Visit, _standing: Standing) -> None:
    """Large print goes by post: a person of ours finds out where to."""
    words = "They asked for large print. Ask them where to post it, and write it on their page."
    desk.ask_a_person(visit, TaskKind.PRINT, words=words)
