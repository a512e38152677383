"""Equality: what people answered about themselves, held apart from all by which people are picked.

The law lets us hold it to see whether people are treated equally, and never to decide about one of them (DPA 2018,
Schedule 1, paragraph 8). So it is kept under a name that leads nowhere, no rule can ask for it, and this file, the only
one that knows of it, gives nothing out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from storage import equality
from storage.store import Tx


def keep(tx: Tx, subject: str, answers: Mapping[str, str], version: str, now: datetime) -> None:
    """Keep these answers, by question, in place of what was answered before.

    `subject` is a random name that was made for this alone. `version` is that of the questions.
    """
    forget(tx, subject)
    rows = [
        {"subject": subject, "question": question, "version": version, "answer": answer, "at": now}
        for question, answer in answers.items()
    ]
    equality.add(tx, rows)


def forget(tx: Tx, subject: str) -> None:
    """Whoever answered asked us to, or is erased."""
    equality.forget(tx, subject)
