"""meetings"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from storage import types

revision = "0007"
down_revision = "0006"

_UNASKED = ("ix_messages_out_unasked", "address_id"), ("ix_messages_out_unasked_person", "person_id")


def upgrade() -> None:
    _make_room_for_reminders()
    op.create_table('meetings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('kind', types.Code(), nullable=False),
    sa.Column('state', types.Code(), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('words', types.SealedJson('meetings.words'), nullable=False),
    sa.Column('on_day', types.Code(), nullable=False),
    sa.Column('at_time', types.Code(), nullable=False),
    sa.Column('zone', types.Code(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('starts_at', types.Instant(), nullable=False),
    sa.Column('ends_at', types.Instant(), nullable=False),
    sa.Column('way', types.Code(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('guests', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('staff_chair', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('member_chair', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('repeats', types.Code(), nullable=True),
    sa.Column('rule_from', types.Code(), nullable=True),
    sa.Column('first_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('plan', types.SealedJson('meetings.plan'), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('ready_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ready_at', types.Instant(), nullable=True),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', types.Instant(), nullable=False),
    sa.Column('changed_at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['staff.id'], name=op.f('fk_meetings_created_by_staff')),
    sa.ForeignKeyConstraint(['first_id'], ['meetings.id'], name=op.f('fk_meetings_first_id_meetings')),
    sa.ForeignKeyConstraint(['member_chair'], ['people.id'], name=op.f('fk_meetings_member_chair_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_meetings_project_id_projects')),
    sa.ForeignKeyConstraint(['ready_by'], ['staff.id'], name=op.f('fk_meetings_ready_by_staff')),
    sa.ForeignKeyConstraint(['staff_chair'], ['staff.id'], name=op.f('fk_meetings_staff_chair_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings')),
    sa.UniqueConstraint('token', name=op.f('uq_meetings_token'))
    )
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meetings_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meetings_project_id'), ['project_id'], unique=False)
        batch_op.create_index('ix_meetings_state', ['state', 'starts_at'], unique=False)

    op.create_table('rsvp_answers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('answer', types.Code(), nullable=False),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('how', types.Code(), nullable=True),
    sa.Column('at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['entered_by'], ['staff.id'], name=op.f('fk_rsvp_answers_entered_by_staff')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_rsvp_answers_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['message_id'], ['messages_in.id'], name=op.f('fk_rsvp_answers_message_id_messages_in')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_rsvp_answers_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rsvp_answers'))
    )
    with op.batch_alter_table('rsvp_answers', schema=None) as batch_op:
        batch_op.create_index('ix_rsvp_answers_meeting', ['meeting_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rsvp_answers_person_id'), ['person_id'], unique=False)

    op.create_table('rsvps',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', types.Code(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('offered_until', types.Instant(), nullable=True),
    sa.Column('told', sa.Boolean(), nullable=False),
    sa.Column('way', types.Code(), nullable=True),
    sa.Column('guests', sa.Integer(), server_default='0', nullable=False),
    sa.Column('late', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('early', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('note', types.Sealed('rsvps.note'), nullable=True),
    sa.Column('ask_at', types.Instant(), nullable=True),
    sa.Column('asked_again', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('named', sa.Boolean(), nullable=True),
    sa.Column('calendar_until', types.Instant(), nullable=True),
    sa.Column('came', sa.Boolean(), nullable=True),
    sa.Column('came_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('had_needs', types.Code(), nullable=True),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('how', types.Code(), nullable=True),
    sa.Column('at', types.Instant(), nullable=False),
    sa.Column('changed_at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['came_by'], ['staff.id'], name=op.f('fk_rsvps_came_by_staff')),
    sa.ForeignKeyConstraint(['entered_by'], ['staff.id'], name=op.f('fk_rsvps_entered_by_staff')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_rsvps_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['message_id'], ['messages_in.id'], name=op.f('fk_rsvps_message_id_messages_in')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_rsvps_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rsvps')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_rsvps_meeting_id_person_id')),
    sa.UniqueConstraint('token', name=op.f('uq_rsvps_token'))
    )
    with op.batch_alter_table('rsvps', schema=None) as batch_op:
        batch_op.create_index('ix_rsvps_ask_at', ['ask_at'], unique=False, sqlite_where=sa.text('ask_at IS NOT NULL'), postgresql_where=sa.text('ask_at IS NOT NULL'))
        batch_op.create_index('ix_rsvps_meeting', ['meeting_id', 'state', 'turn'], unique=False)
        batch_op.create_index('ix_rsvps_offered_until', ['offered_until'], unique=False, sqlite_where=sa.text('offered_until IS NOT NULL'), postgresql_where=sa.text('offered_until IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_rsvps_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_rsvps_untold', ['changed_at'], unique=False, sqlite_where=sa.text('told = false'), postgresql_where=sa.text('told = false'))
        batch_op.create_index('ix_rsvps_waiting', ['meeting_id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('arrangements',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', types.Sealed('arrangements.kind'), nullable=False),
    sa.Column('words', types.Sealed('arrangements.words'), nullable=False),
    sa.Column('need_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', types.Code(), nullable=False),
    sa.Column('told', sa.Boolean(), nullable=False),
    sa.Column('note', types.Sealed('arrangements.note'), nullable=True),
    sa.Column('due_on', types.Code(), nullable=False),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('how', types.Code(), nullable=True),
    sa.Column('changed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', types.Instant(), nullable=False),
    sa.Column('changed_at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['staff.id'], name=op.f('fk_arrangements_changed_by_staff')),
    sa.ForeignKeyConstraint(['entered_by'], ['staff.id'], name=op.f('fk_arrangements_entered_by_staff')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_arrangements_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['message_id'], ['messages_in.id'], name=op.f('fk_arrangements_message_id_messages_in')),
    sa.ForeignKeyConstraint(['need_id'], ['needs.id'], name=op.f('fk_arrangements_need_id_needs')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_arrangements_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arrangements')),
    sa.UniqueConstraint('token', name=op.f('uq_arrangements_token'))
    )
    with op.batch_alter_table('arrangements', schema=None) as batch_op:
        batch_op.create_index('ix_arrangements_meeting', ['meeting_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_arrangements_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_arrangements_untold', ['changed_at'], unique=False, sqlite_where=sa.text('told = false'), postgresql_where=sa.text('told = false'))

    op.create_table('reminders',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step', types.Code(), nullable=False),
    sa.Column('starts_at', types.Instant(), nullable=False),
    sa.Column('due_at', types.Instant(), nullable=False),
    sa.Column('state', types.Code(), nullable=False),
    sa.Column('why', types.Code(), nullable=True),
    sa.Column('row_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_reminders_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_reminders_person_id_people')),
    sa.ForeignKeyConstraint(['row_id'], ['messages_out.id'], name=op.f('fk_reminders_row_id_messages_out')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('meeting_id', 'person_id', 'step', 'starts_at', name=op.f('uq_reminders_meeting_id_person_id_step_starts_at'))
    )
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.create_index('ix_reminders_due_at', ['due_at'], unique=False, sqlite_where=sa.text("state = 'planned'"), postgresql_where=sa.text("state = 'planned'"))
        batch_op.create_index(batch_op.f('ix_reminders_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_reminders_row_id', ['row_id'], unique=False, sqlite_where=sa.text('row_id IS NOT NULL'), postgresql_where=sa.text('row_id IS NOT NULL'))
        batch_op.create_index('ix_reminders_starts_at', ['starts_at'], unique=False, sqlite_where=sa.text('row_id IS NOT NULL'), postgresql_where=sa.text('row_id IS NOT NULL'))

    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index(batch_op.f('ix_broadcasts_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_broadcasts_meeting_id_meetings'), 'meetings', ['meeting_id'], ['id'])

    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index('ix_invitations_meeting', ['meeting_id', 'answer', 'person_id'], unique=False, sqlite_where=sa.text('meeting_id IS NOT NULL'), postgresql_where=sa.text('meeting_id IS NOT NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_invitations_meeting_id_meetings'), 'meetings', ['meeting_id'], ['id'])

    with op.batch_alter_table('messages_out', schema=None) as batch_op:
        batch_op.add_column(sa.Column('calendar_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index('ix_messages_out_calendar_id', ['calendar_id'], unique=False, sqlite_where=sa.text('calendar_id IS NOT NULL'), postgresql_where=sa.text('calendar_id IS NOT NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_messages_out_calendar_id_rsvps'), 'rsvps', ['calendar_id'], ['id'])

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('needs_checked_at', types.Instant(), nullable=True))
        batch_op.add_column(sa.Column('needs_asked_at', types.Instant(), nullable=True))

    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index(batch_op.f('ix_questions_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_questions_meeting_id_meetings'), 'meetings', ['meeting_id'], ['id'])

    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index('ix_tasks_meeting_id', ['meeting_id'], unique=False, sqlite_where=sa.text('meeting_id IS NOT NULL'), postgresql_where=sa.text('meeting_id IS NOT NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_tasks_meeting_id_meetings'), 'meetings', ['meeting_id'], ['id'])



def downgrade() -> None:
    _without_room_for_reminders()
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_tasks_meeting_id_meetings'), type_='foreignkey')
        batch_op.drop_index('ix_tasks_meeting_id', sqlite_where=sa.text('meeting_id IS NOT NULL'), postgresql_where=sa.text('meeting_id IS NOT NULL'))
        batch_op.drop_column('meeting_id')

    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_questions_meeting_id_meetings'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_questions_meeting_id'))
        batch_op.drop_column('meeting_id')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('needs_asked_at')
        batch_op.drop_column('needs_checked_at')

    with op.batch_alter_table('messages_out', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_messages_out_calendar_id_rsvps'), type_='foreignkey')
        batch_op.drop_index('ix_messages_out_calendar_id', sqlite_where=sa.text('calendar_id IS NOT NULL'), postgresql_where=sa.text('calendar_id IS NOT NULL'))
        batch_op.drop_column('calendar_id')

    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_invitations_meeting_id_meetings'), type_='foreignkey')
        batch_op.drop_index('ix_invitations_meeting', sqlite_where=sa.text('meeting_id IS NOT NULL'), postgresql_where=sa.text('meeting_id IS NOT NULL'))
        batch_op.drop_column('meeting_id')

    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_broadcasts_meeting_id_meetings'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_broadcasts_meeting_id'))
        batch_op.drop_column('meeting_id')

    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.drop_index('ix_reminders_starts_at', sqlite_where=sa.text('row_id IS NOT NULL'), postgresql_where=sa.text('row_id IS NOT NULL'))
        batch_op.drop_index('ix_reminders_row_id', sqlite_where=sa.text('row_id IS NOT NULL'), postgresql_where=sa.text('row_id IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_reminders_person_id'))
        batch_op.drop_index('ix_reminders_due_at', sqlite_where=sa.text("state = 'planned'"), postgresql_where=sa.text("state = 'planned'"))

    op.drop_table('reminders')
    with op.batch_alter_table('arrangements', schema=None) as batch_op:
        batch_op.drop_index('ix_arrangements_untold', sqlite_where=sa.text('told = false'), postgresql_where=sa.text('told = false'))
        batch_op.drop_index(batch_op.f('ix_arrangements_person_id'))
        batch_op.drop_index('ix_arrangements_meeting')

    op.drop_table('arrangements')
    with op.batch_alter_table('rsvps', schema=None) as batch_op:
        batch_op.drop_index('ix_rsvps_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_rsvps_untold', sqlite_where=sa.text('told = false'), postgresql_where=sa.text('told = false'))
        batch_op.drop_index(batch_op.f('ix_rsvps_person_id'))
        batch_op.drop_index('ix_rsvps_offered_until', sqlite_where=sa.text('offered_until IS NOT NULL'), postgresql_where=sa.text('offered_until IS NOT NULL'))
        batch_op.drop_index('ix_rsvps_meeting')
        batch_op.drop_index('ix_rsvps_ask_at', sqlite_where=sa.text('ask_at IS NOT NULL'), postgresql_where=sa.text('ask_at IS NOT NULL'))

    op.drop_table('rsvps')
    with op.batch_alter_table('rsvp_answers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rsvp_answers_person_id'))
        batch_op.drop_index('ix_rsvp_answers_meeting')

    op.drop_table('rsvp_answers')
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_index('ix_meetings_state')
        batch_op.drop_index(batch_op.f('ix_meetings_project_id'))
        batch_op.drop_index(batch_op.f('ix_meetings_first_id'))

    op.drop_table('meetings')


def _make_room_for_reminders() -> None:
    """3 is a reminder's priority from now on: what was 3 and 4 is 4 and 5."""
    _index_unasked("priority >= 3", drop=True)
    for table in ("messages_out", "broadcasts"):
        op.execute(f"UPDATE {table} SET priority = priority + 1 WHERE priority >= 3")
    _index_unasked("priority >= 4")


def _without_room_for_reminders() -> None:
    _index_unasked("priority >= 4", drop=True)
    for table in ("messages_out", "broadcasts"):
        op.execute(f"UPDATE {table} SET priority = priority - 1 WHERE priority >= 4")
    _index_unasked("priority >= 3")


def _index_unasked(which: str, *, drop: bool = False) -> None:
    where = sa.text(f"{which} AND claimed_at IS NOT NULL")
    for name, column in _UNASKED:
        if drop:
            op.drop_index(name, table_name="messages_out")
        else:
            op.create_index(name, "messages_out", [column, "claimed_at"], sqlite_where=where, postgresql_where=where)
