"""claims in order"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"

_QUEUED = sa.text("state = 'queued'")


def upgrade() -> None:
    _due_by(["sender", "priority", "due_at", "id"])


def downgrade() -> None:
    _due_by(["sender", "priority", "due_at"])


def _due_by(columns: list[str]) -> None:
    with op.batch_alter_table("messages_out") as batch_op:
        batch_op.drop_index("ix_messages_out_due")
        batch_op.create_index("ix_messages_out_due", columns, sqlite_where=_QUEUED, postgresql_where=_QUEUED)
