"""Approvals: who has to say yes to what goes out or is agreed together, who may, and who has.

An approval is about the words as they were. Where they change afterwards, nobody has approved them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bank import audit, rota
from bank.approval_matter import OF_BROADCASTS, Matter, shown
from bank.approval_matter import matter as matter
from bank.audience import NoCondition, TooDeep
from bank.audit import Act
from bank.broadcast_about import project_of
from bank.broadcasts import wanted_by
from bank.colleague import Colleague, known
from bank.organisation import Organisation
from bank.tokens import token
from storage import (
    approvals,
    askings,
    broadcasts,
    people,
    picking,
    reach,
    staff,
    tasks,
)
from storage.addresses import AddressState
from storage.approvals import How, Post, Subject
from storage.broadcasts import BroadcastKind
from storage.people import PersonState
from storage.schema import Record
from storage.staff import Role
from storage.store import Tx
from storage.tasks import TaskKind

# Who may say yes as a second person, everywhere or for one project.
SECONDS = (Role.APPROVER, Role.CO_CHAIR)
# So many characters are read on a phone.
LONGEST_BY_TEXT = 600


class NotTheirs(Exception):
    """It is not theirs to approve, or to enter: they do not have that post, or they wrote it themselves."""


def chairs(project: Record) -> list[Post]:
    """The posts of the co-chairs that it has; why there is only one is a reason on record."""
    posts = ((Post.STAFF_CHAIR, project.staff_chair), (Post.MEMBER_CHAIR, project.member_chair))
    return [post for post, whose in posts if whose is not None]


def subject_of(broadcast: Record) -> Subject:
    """As what a broadcast is approved."""
    return Subject.INVITATION if broadcast.kind == BroadcastKind.INVITATION else Subject.BROADCAST


def needed(tx: Tx, broadcast: Record, count: int, organisation: Organisation) -> list[Post]:
    """Who has to say yes before this broadcast may go to so many people. Empty: nobody but who wrote it.

    A second person, where it goes to more than `approve_above` or promotes another organisation; both co-chairs, where
    it invites to their project or to a meeting of it. A correction needs whoever had to say yes to what it corrects.
    """
    first = broadcasts.original(tx, broadcast)
    promotes = broadcast.promotion or first.promotion
    second = [Post.SECOND] if count > organisation.approve_above or promotes else []
    project = project_of(tx, first) if first.kind == BroadcastKind.INVITATION else None
    return [*second, *chairs(project)] if project is not None else second


def said(tx: Tx, broadcast: Record, words: str, count: int, organisation: Organisation) -> Mapping[Post, bool | None]:
    """What each post said last about a broadcast that would go to so many people now.

    A second person's yes to clearly fewer is none: to so few that nobody had to say it, or to less than five sixths.
    """
    told = standing(tx, subject_of(broadcast), broadcast.id, words)
    entries = approvals.of_words(tx, subject_of(broadcast), broadcast.id, words)
    then = next((one.people for one in reversed(entries) if one.post == Post.SECOND), None)
    if told[Post.SECOND] and then is not None and _grew(then, count, organisation):
        told[Post.SECOND] = None
    return told


def _grew(before: int, count: int, organisation: Organisation) -> bool:
    return before <= organisation.approve_above < count or count * 5 > before * 6


def standing(tx: Tx, subject: Subject, subject_id: int, words: str) -> dict[Post, bool | None]:
    """What each post said last about exactly these words: yes, no, or (None) nothing yet."""
    said: dict[Post, bool | None] = dict.fromkeys(Post)
    for row in approvals.of_words(tx, subject, subject_id, words):
        said[Post(row.post)] = row.given
    return said


def posts_of(tx: Tx, colleague: Colleague, subject: Subject, subject_id: int) -> list[Post]:
    """As what this colleague may approve it."""
    about = matter(tx, subject, subject_id)
    return [post for post in (Post.SECOND, Post.STAFF_CHAIR) if _may(colleague, post, about)]


def may_enter(tx: Tx, colleague: Colleague, subject: Subject, subject_id: int) -> bool:
    """Whether this colleague may enter what a member said on print: not where they wrote it themselves."""
    return matter(tx, subject, subject_id).written_by != colleague.id


def _may(colleague: Colleague, post: Post, about: Matter) -> bool:
    if post is Post.STAFF_CHAIR:
        return about.project is not None and about.project.staff_chair == colleague.id
    project = about.project.token if about.project is not None else ""
    return post is Post.SECOND and about.written_by != colleague.id and colleague.may(*SECONDS, project=project)


def record(
    tx: Tx,
    subject: Subject,
    subject_id: int,
    words: str,
    post: Post,
    given: bool,
    how: How,
    now: datetime,
    *,
    staff_id: int | None = None,
    person_id: int | None = None,
    note: str | None = None,
    message_id: int | None = None,
    entered_by: int | None = None,
    given_at: datetime | None = None,
) -> int:
    """Keep a yes or a no to exactly these words; returns the entry's id. Raises NotTheirs.

    `staff_id` says it as a second person or as the staff co-chair, `person_id` as the member co-chair. What was read on
    print is `entered_by` a colleague, and was `given_at` another time than now.
    """
    about = matter(tx, subject, subject_id)
    _must_be_theirs(tx, post, about, staff_id, person_id)
    if entered_by is not None and entered_by == about.written_by:
        raise NotTheirs
    told: dict[str, Any] = {"subject": subject, "post": post, "given": given, "how": how}
    who = {"staff_id": staff_id, "person_id": person_id, "entered_by": entered_by, "message_id": message_id}
    at = given_at or now
    people = _reached(tx, subject_id, now) if post is Post.SECOND and subject in OF_BROADCASTS else None
    kept: dict[str, Any] = {"words_key": words, "note": note or None, "people": people, "at": at}
    entry = approvals.add(tx, subject_id=subject_id, **kept, **told, **who)
    _is_answered(tx, subject, subject_id, words, post, now)
    by = staff_id if entered_by is None else entered_by
    if by is not None:
        audit.record(tx, now, Act.APPROVED, by, person_id=person_id, about=about.token, **told)
    return entry


def _reached(tx: Tx, broadcast_id: int, now: datetime) -> int | None:
    """How many people it would reach now, if nobody had enough this week; None where its rule cannot be worked out."""
    row = broadcasts.get(tx, broadcast_id)
    try:
        return picking.reached(tx, row.rule, wanted_by(tx, row, now))
    except (TooDeep, NoCondition):
        return None


def _is_answered(tx: Tx, subject: Subject, subject_id: int, words: str, post: Post, now: datetime) -> None:
    """It is not asked any more of that post about these words; about others that were asked since, it is."""
    for asking in askings.open_of(tx, subject, subject_id):
        if asking.post == post and asking.words == words:
            askings.change(tx, asking.id, {"closed_at": now})


def _must_be_theirs(tx: Tx, post: Post, about: Matter, staff_id: int | None, person_id: int | None) -> None:
    """Raises NotTheirs."""
    if post is Post.MEMBER_CHAIR:
        theirs = about.project is not None and person_id is not None and about.project.member_chair == person_id
    else:
        theirs = staff_id is not None and _may(known(tx, staff.get(tx, staff_id)), post, about)
    if not theirs:
        raise NotTheirs


def history(tx: Tx, subject: Subject, subject_id: int) -> list[Record]:
    """All that was said about it, whatever its words were then, oldest first."""
    return approvals.of(tx, subject, subject_id)


def ask(
    tx: Tx,
    colleague: Colleague | None,
    subject: Subject,
    subject_id: int,
    words: str,
    posts: Collection[Post],
    now: datetime,
    organisation: Organisation,
) -> list[Record]:
    """Ask these posts to approve exactly these words; what they were asked about it before is asked no more.

    Colleagues find it on Today. The member co-chair is asked by text, or a colleague is asked to see to it.
    """
    askings.close(tx, subject, subject_id, now)
    by = colleague.id if colleague is not None else None
    return [_ask(tx, by, subject, subject_id, words, post, now, organisation) for post in posts]


def _ask(
    tx: Tx,
    by: int | None,
    subject: Subject,
    subject_id: int,
    words: str,
    post: Post,
    now: datetime,
    organisation: Organisation,
) -> Record:
    about = matter(tx, subject, subject_id)
    asked: dict[str, Any] = {"staff_id": None, "person_id": None}
    if about.project is not None and post is Post.STAFF_CHAIR:
        asked["staff_id"] = about.project.staff_chair
    if about.project is not None and post is Post.MEMBER_CHAIR:
        asked["person_id"] = about.project.member_chair
    asking = askings.add(
        tx,
        token=token(),
        subject=subject,
        subject_id=subject_id,
        post=post,
        words=words,
        shown=shown(tx, subject, subject_id, about.wording, organisation),
        project_id=about.project.id if about.project is not None else None,
        asked_by=by,
        asked_at=now,
        **asked,
    )
    if post is Post.MEMBER_CHAIR and not _reads_it_on_a_phone(tx, asking):
        _print_for(tx, asking, now, organisation)
    return asking


def _reads_it_on_a_phone(tx: Tx, asking: Record) -> bool:
    """They text, and it is short enough for that."""
    person = people.get(tx, asking.person_id)
    texts = any(one.state == AddressState.OPEN for one in reach.addresses_of(tx, person.id))
    return person.state == PersonState.MEMBER and texts and is_short(asking)


def is_short(asking: Record) -> bool:
    """Whether what is to be approved is read on a phone; what is longer is printed."""
    return all(len(text) <= LONGEST_BY_TEXT for text in asking.shown.values())


def _print_for(tx: Tx, asking: Record, now: datetime, organisation: Organisation) -> None:
    """A colleague takes it to them on paper, and enters what they said."""
    tasks.add(
        tx,
        token=token(),
        kind=TaskKind.PRINT,
        person_id=asking.person_id,
        words="They lead a project with us. Print the words for them, ask if these are right, and enter the answer.",
        owner=organisation.owners.get(TaskKind.PRINT),
        opened_at=now,
        due_at=rota.read_by(now, organisation),
    )
