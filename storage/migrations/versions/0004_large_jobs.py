"""large jobs: procrastinate's own tables, from the file that the library ships"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        # On the driver itself: the file has percent signs that are no placeholders.
        driver: Any = bind.connection.driver_connection
        driver.execute((files("procrastinate.sql") / "schema.sql").read_text("utf-8"))


def downgrade() -> None:
    """They do no harm where they are."""
