"""Celery in the shape of GOV.UK Notify: a row for each message, a task that reads it, sends it and updates its status.

`queue NUMBER`, `left`; the worker is `celery -A bench.peers.with_rows`. The broker is Redis, rows are on PostgreSQL.
"""

from __future__ import annotations

import os
import uuid

import urllib3
from celery import Celery
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from bench.peers import message
from bench.peers.measured import main

app = Celery("bench", broker=os.environ["REDIS"])
app.conf.update(task_ignore_result=True, worker_hijack_root_logger=False)
_pool = urllib3.PoolManager()
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
_engine = create_engine("postgresql+psycopg://")
_session: sessionmaker[Session] = sessionmaker(_engine)


class Base(DeclarativeBase):
    pass


class Notification(Base):
    """What is sent to one person, and how far it has come."""

    __tablename__ = "notifications"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    number: Mapped[int]
    to: Mapped[str] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(index=True, default="created")
    reference: Mapped[str | None]


@app.task(name="deliver")  # type: ignore[untyped-decorator]
def deliver(name: str) -> None:
    with _session() as session:
        notification = session.get_one(Notification, uuid.UUID(name))
        body = message.body(notification.number)
        answer = _pool.request("POST", message.URL, body=body, headers=_HEADERS)
        notification.reference = answer.json()["sid"]
        notification.status = "sending"
        session.commit()


def queue(count: int) -> None:
    for number in range(count):
        with _session() as session:
            notification = Notification(number=number, to=message.address(number))
            session.add(notification)
            session.commit()
            name = str(notification.id)
        deliver.delay(name)


def left() -> int:
    """Rows that are not marked as sent."""
    Base.metadata.create_all(_engine)
    with _session() as session:
        waiting = select(func.count()).select_from(Notification).where(Notification.status == "created")
        return session.scalars(waiting).one()


if __name__ == "__main__":
    main(queue, left)
