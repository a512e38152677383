"""Through the door: how many of those who first came to us became members, and how many texts it took them."""

from __future__ import annotations

from bank.number import Number, Unit
from bank.report_scope import Scope
from bank.score import Case, middle, score, share
from bank.served import UNKNOWN, Everybody, Served, Who
from storage import first_contacts
from storage.store import Tx

# Forms of those who did not join have no number any more: they are told apart by their own.
_FORMS = -(10**15)


def numbers(tx: Tx, everybody: Everybody, scope: Scope) -> list[Number]:
    """Of those who first wrote in that time, and of those who came with a paper form or a colleague."""
    came: dict[int, Case] = {}
    texts: list[Case] = []
    for row in first_contacts.by_text(tx, scope.begins, scope.ends):
        who = everybody.who(row.person_id, row.id, row.language, row.channel)
        if who is None:
            continue
        came[who.id] = Case(who, float(row.joined))
        if row.joined and row.texts:
            texts.append(Case(who, float(row.texts)))
    for case in [*_by_form(tx, everybody, scope), *_with_a_colleague(tx, everybody, scope)]:
        if case.who is not None:
            came[case.who.id] = case
    joined = score(came.values(), share, scope.smallest, more_is_worse=False)
    took = score(texts, middle, scope.smallest, more_is_worse=True)
    return [
        Number("First contacts who became members", Unit.SHARE, "people", joined),
        Number("Texts that joining took them, in the middle", Unit.TEXTS, "people", took),
    ]


def _by_form(tx: Tx, everybody: Everybody, scope: Scope) -> list[Case]:
    cases = []
    for row in first_contacts.by_form(tx, scope.begins, scope.ends):
        stranger = Who(_FORMS - row.id, Served(UNKNOWN, "sms", helped=True))
        who = everybody.person(row.person_id) if row.person_id is not None else stranger
        cases.append(Case(who, float(row.joined)))
    return cases


def _with_a_colleague(tx: Tx, everybody: Everybody, scope: Scope) -> list[Case]:
    joined = first_contacts.with_a_colleague(tx, scope.begins, scope.ends)
    return [Case(everybody.person(one), 1.0) for one in joined]
