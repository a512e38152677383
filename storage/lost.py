"""Lost: a message that did not arrive, and none in its place did or may still."""

from __future__ import annotations

from sqlalchemy import exists

from storage.outbox import OutState, messages_out
from storage.schema import among

_DID_NOT_ARRIVE = (OutState.FAILED, OutState.EXPIRED)
_again = messages_out.alias("again")
WENT_ELSEWHERE = exists().where(_again.c.instead_of == messages_out.c.id, ~among(_again.c.state, _DID_NOT_ARRIVE))
DID_NOT_ARRIVE = among(messages_out.c.state, _DID_NOT_ARRIVE)
