"""Alembic runs this; storage.migrate hands it an open connection and holds the transaction."""

from __future__ import annotations

from alembic import context

from storage.migrate import options

attributes = context.config.attributes
context.configure(connection=attributes["connection"], **options(attributes["metadata"]))
with context.begin_transaction():
    context.run_migrations()
