"""Stories: what a member tells in their own time, and for which uses they agree to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Select, Table, delete, exists, insert, select, update

from storage import changing
from storage.audit import audit
from storage.people import PersonState, people
from storage.schema import Record, metadata
from storage.store import Tx
from storage.types import Code, Id, Instant, Sealed, SealedJson, Token


class StoryState(StrEnum):
    TELLING = "telling"  # part by part, over days if need be
    READ_BACK = "read_back"  # it was read back to them, and they have not said that it is right
    TOLD = "told"
    WITHDRAWN = "withdrawn"  # it is used no more, and where it was used it is taken down


class Use(StrEnum):
    """What a story may be used for; each is agreed to by itself."""

    WEB = "web"  # a page of ours
    TRAINING = "training"  # of staff
    REPORT = "report"


class Named(StrEnum):
    """With which name."""

    NAME = "name"
    FIRST_NAME = "first_name"
    NO_NAME = "no_name"
    NOT = "not"  # not for this use


stories = Table(
    "stories",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("state", Code, nullable=False),
    # Their words, message by message: a list of texts.
    Column("parts", SealedJson("stories.parts"), nullable=False),
    Column("language", Code, nullable=False),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("how", Code),
    Column("begun_at", Instant, nullable=False),
    Column("told_at", Instant),
    Column("withdrawn_at", Instant),
    Column("changed_at", Instant, nullable=False),
)
Index("ix_stories_state", stories.c.state, stories.c.id)

# The newest of a use is what holds; what was agreed to before stays on record.
story_uses = Table(
    "story_uses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("story_id", Id, ForeignKey("stories.id"), nullable=False, index=True),
    Column("use", Code, nullable=False),
    Column("named", Code, nullable=False),
    # The words that were shown as they agreed.
    Column("words", Sealed("story_uses.words")),
    Column("message_id", Id, ForeignKey("messages_in.id")),
    Column("entered_by", Id, ForeignKey("staff.id")),
    Column("how", Code),
    Column("at", Instant, nullable=False),
)

# Where a colleague used it, and that it was taken down.
story_places = Table(
    "story_places",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", Token, nullable=False, unique=True),
    Column("story_id", Id, ForeignKey("stories.id"), nullable=False, index=True),
    Column("use", Code, nullable=False),
    Column("place", Sealed("story_places.place"), nullable=False),
    Column("used_by", Id, ForeignKey("staff.id")),
    Column("used_at", Instant, nullable=False),
    Column("down_by", Id, ForeignKey("staff.id")),
    Column("down_at", Instant),
)


def add(tx: Tx, **values: Any) -> Record:
    return tx.execute(insert(stories).values(**values).returning(stories)).one()


def by_token(tx: Tx, token: str) -> Record | None:
    return tx.execute(select(stories).where(stories.c.token == token)).one_or_none()


def of_person(tx: Tx, person_id: int) -> list[Record]:
    """The newest first."""
    return list(tx.execute(select(stories).where(stories.c.person_id == person_id).order_by(stories.c.id.desc())))


def change(tx: Tx, story_id: int, values: Mapping[str, Any]) -> Record:
    """Write these values; returns it as it is now."""
    return changing.changed(tx, stories, story_id, values)


def page(tx: Tx, limit: int, offset: int) -> list[Record]:
    """Stories, the one that changed last first, each as `with_whom` has it."""
    return list(
        tx.execute(with_whom().order_by(stories.c.changed_at.desc(), stories.c.id.desc()).slice(offset, offset + limit))
    )


def with_whom() -> Select[Any]:
    """For a query: stories, each with `name`, `person_token`, `person_state` and `person_held`."""
    about = (
        people.c.name,
        people.c.token.label("person_token"),
        people.c.state.label("person_state"),
        people.c.held.label("person_held"),
    )
    return select(stories, *about).join(people, people.c.id == stories.c.person_id)


def unread(tx: Tx, saw: str, limit: int) -> list[Record]:
    """Those at which nobody of ours has looked (the act `saw`) since their words changed, as `with_whom` has them."""
    looked = exists().where(audit.c.about == stories.c.token, audit.c.act == saw, audit.c.at >= stories.c.changed_at)
    waiting = with_whom().where(stories.c.state != StoryState.WITHDRAWN, people.c.state == PersonState.MEMBER, ~looked)
    return list(tx.execute(waiting.order_by(stories.c.changed_at, stories.c.id).limit(limit)))


def agree(tx: Tx, **values: Any) -> None:
    tx.execute(insert(story_uses).values(**values))


def uses(tx: Tx, story_ids: Collection[int]) -> list[Record]:
    """What was said of each use of these stories, the first first."""
    found = select(story_uses).where(story_uses.c.story_id.in_(list(story_ids))).order_by(story_uses.c.id)
    return list(tx.execute(found)) if story_ids else []


def add_place(tx: Tx, **values: Any) -> None:
    tx.execute(insert(story_places).values(**values))


def places(tx: Tx, story_ids: Collection[int]) -> list[Record]:
    """Where these stories were used, the first first."""
    found = select(story_places).where(story_places.c.story_id.in_(list(story_ids))).order_by(story_places.c.id)
    return list(tx.execute(found)) if story_ids else []


def place_called(tx: Tx, story_id: int, token: str) -> Record | None:
    """The one of that name in which this story was used; nobody else changes it before this transaction ends."""
    which = story_places.c.story_id == story_id, story_places.c.token == token
    return tx.execute(select(story_places).where(*which).with_for_update()).one_or_none()


def take_down(tx: Tx, place_id: int, staff_id: int, now: datetime) -> None:
    tx.execute(update(story_places).where(story_places.c.id == place_id).values(down_by=staff_id, down_at=now))


def standing_somewhere(tx: Tx, limit: int) -> list[Record]:
    """Stories that are used somewhere still, as `with_whom` has them."""
    up = exists().where(story_places.c.story_id == stories.c.id, story_places.c.down_at.is_(None))
    return list(tx.execute(with_whom().where(up).order_by(stories.c.id).limit(limit)))


def stands_somewhere(tx: Tx, person_id: int) -> bool:
    """Whether a story of theirs is used somewhere still."""
    theirs = stories.c.person_id == person_id, story_places.c.down_at.is_(None)
    found = select(story_places.c.id).join(stories, stories.c.id == story_places.c.story_id).where(*theirs)
    return tx.execute(found.limit(1)).first() is not None


def forget(tx: Tx, person_id: int) -> None:
    theirs = select(stories.c.id).where(stories.c.person_id == person_id)
    for table in (story_uses, story_places):
        tx.execute(delete(table).where(table.c.story_id.in_(theirs)))
    tx.execute(delete(stories).where(stories.c.person_id == person_id))
