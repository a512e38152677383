"""telling people"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from storage import types

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table('equality_answers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject', types.Lookup(), nullable=False),
    sa.Column('question', types.Code(), nullable=False),
    sa.Column('version', types.Code(), nullable=False),
    sa.Column('answer', types.Sealed('equality_answers.answer'), nullable=False),
    sa.Column('at', types.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_answers'))
    )
    with op.batch_alter_table('equality_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_equality_answers_subject'), ['subject'], unique=False)

    op.create_table('audiences',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('name', types.Sealed('audiences.name'), nullable=False),
    sa.Column('rule', types.SealedJson('audiences.rule'), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', types.Instant(), nullable=False),
    sa.Column('closed_at', types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['staff.id'], name=op.f('fk_audiences_made_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audiences')),
    sa.UniqueConstraint('token', name=op.f('uq_audiences_token'))
    )
    op.create_table('groups',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('kind', types.Code(), nullable=False),
    sa.Column('name', types.Sealed('groups.name'), nullable=False),
    sa.Column('rule', types.SealedJson('groups.rule'), nullable=True),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', types.Instant(), nullable=False),
    sa.Column('closed_at', types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['staff.id'], name=op.f('fk_groups_made_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_groups')),
    sa.UniqueConstraint('token', name=op.f('uq_groups_token'))
    )
    op.create_table('question_sets',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', types.Sealed('question_sets.name'), nullable=False),
    sa.Column('questions', types.SealedJson('question_sets.questions'), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', types.Instant(), nullable=False),
    sa.Column('closed_at', types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['staff.id'], name=op.f('fk_question_sets_made_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_sets'))
    )
    with op.batch_alter_table('question_sets', schema=None) as batch_op:
        batch_op.create_index('uq_question_sets_version', ['token', 'version'], unique=True)

    op.create_table('templates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('name', types.Sealed('templates.name'), nullable=False),
    sa.Column('language', types.Code(), nullable=False),
    sa.Column('content_sid', types.Code(), nullable=False),
    sa.Column('words', types.Sealed('templates.words'), nullable=False),
    sa.Column('blanks', types.SealedJson('templates.blanks'), nullable=False),
    sa.Column('state', types.Code(), nullable=False),
    sa.Column('category', types.Code(), nullable=True),
    sa.Column('reason', types.Sealed('templates.reason'), nullable=True),
    sa.Column('checked_at', types.Instant(), nullable=True),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', types.Instant(), nullable=False),
    sa.Column('closed_at', types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['staff.id'], name=op.f('fk_templates_made_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_templates')),
    sa.UniqueConstraint('token', name=op.f('uq_templates_token'))
    )
    with op.batch_alter_table('templates', schema=None) as batch_op:
        batch_op.create_index('uq_templates_content_sid', ['content_sid'], unique=True)

    op.create_table('transfers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('kind', types.Code(), nullable=False),
    sa.Column('state', types.Code(), nullable=False),
    sa.Column('name', types.Sealed('transfers.name'), nullable=False),
    sa.Column('asked', types.SealedJson('transfers.asked'), nullable=False),
    sa.Column('report', types.SealedJson('transfers.report'), nullable=True),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', types.Instant(), nullable=False),
    sa.Column('moved_at', types.Instant(), nullable=False),
    sa.Column('finished_at', types.Instant(), nullable=True),
    sa.Column('erase_at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_transfers_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfers')),
    sa.UniqueConstraint('token', name=op.f('uq_transfers_token'))
    )
    with op.batch_alter_table('transfers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_transfers_erase_at'), ['erase_at'], unique=False)
        batch_op.create_index('ix_transfers_running', ['id'], unique=False, sqlite_where=sa.text("state = 'checking' OR state = 'running'"), postgresql_where=sa.text("state = 'checking' OR state = 'running'"))
        batch_op.create_index(batch_op.f('ix_transfers_staff_id'), ['staff_id'], unique=False)

    op.create_table('group_members',
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('added_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('added_at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['staff.id'], name=op.f('fk_group_members_added_by_staff')),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_group_members_group_id_groups')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_group_members_person_id_people')),
    sa.PrimaryKeyConstraint('group_id', 'person_id', name=op.f('pk_group_members'))
    )
    with op.batch_alter_table('group_members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_members_person_id'), ['person_id'], unique=False)

    op.create_table('projects',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('kind', types.Code(), nullable=False),
    sa.Column('state', types.Code(), nullable=False),
    sa.Column('words', types.SealedJson('projects.words'), nullable=False),
    sa.Column('paid', sa.Boolean(), nullable=False),
    sa.Column('payment', sa.Integer(), nullable=True),
    sa.Column('rung', types.Code(), nullable=False),
    sa.Column('ways', types.SealedJson('projects.ways'), nullable=False),
    sa.Column('topics', types.SealedJson('projects.topics'), nullable=False),
    sa.Column('districts', types.SealedJson('projects.districts'), nullable=False),
    sa.Column('staff_chair', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('member_chair', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('one_chair_why', types.Sealed('projects.one_chair_why'), nullable=True),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.Column('places_by', types.Code(), nullable=False),
    sa.Column('decided_on', types.Code(), nullable=True),
    sa.Column('draw_seed', types.Code(), nullable=True),
    sa.Column('starts_on', types.Code(), nullable=True),
    sa.Column('ends_on', types.Code(), nullable=True),
    sa.Column('code_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('question_set_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('outcome_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('no_outcome_why', types.Sealed('projects.no_outcome_why'), nullable=True),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', types.Instant(), nullable=False),
    sa.Column('changed_at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['code_id'], ['codes.id'], name=op.f('fk_projects_code_id_codes')),
    sa.ForeignKeyConstraint(['created_by'], ['staff.id'], name=op.f('fk_projects_created_by_staff')),
    sa.ForeignKeyConstraint(['member_chair'], ['people.id'], name=op.f('fk_projects_member_chair_people')),
    sa.ForeignKeyConstraint(['question_set_id'], ['question_sets.id'], name=op.f('fk_projects_question_set_id_question_sets')),
    sa.ForeignKeyConstraint(['staff_chair'], ['staff.id'], name=op.f('fk_projects_staff_chair_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_projects')),
    sa.UniqueConstraint('token', name=op.f('uq_projects_token'))
    )
    with op.batch_alter_table('projects', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_projects_state'), ['state'], unique=False)

    op.create_table('transfer_parts',
    sa.Column('transfer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('rows', types.SealedJson('transfer_parts.rows'), nullable=False),
    sa.ForeignKeyConstraint(['transfer_id'], ['transfers.id'], name=op.f('fk_transfer_parts_transfer_id_transfers')),
    sa.PrimaryKeyConstraint('transfer_id', 'number', name=op.f('pk_transfer_parts'))
    )
    op.create_table('askings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('subject', types.Code(), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('post', types.Code(), nullable=False),
    sa.Column('words', types.Sealed('askings.words'), nullable=False),
    sa.Column('shown', types.SealedJson('askings.shown'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_at', types.Instant(), nullable=False),
    sa.Column('texted_at', types.Instant(), nullable=True),
    sa.Column('closed_at', types.Instant(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['staff.id'], name=op.f('fk_askings_asked_by_staff')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_askings_person_id_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_askings_project_id_projects')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_askings_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_askings')),
    sa.UniqueConstraint('token', name=op.f('uq_askings_token'))
    )
    with op.batch_alter_table('askings', schema=None) as batch_op:
        batch_op.create_index('ix_askings_open', ['post', 'asked_at'], unique=False, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_askings_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_askings_subject', ['subject', 'subject_id'], unique=False)

    op.create_table('terms',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', types.Code(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('words', types.SealedJson('terms.words'), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['staff.id'], name=op.f('fk_terms_made_by_staff')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_terms_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terms')),
    sa.UniqueConstraint('project_id', 'kind', 'version', name=op.f('uq_terms_project_id_kind_version')),
    sa.UniqueConstraint('token', name=op.f('uq_terms_token'))
    )
    op.create_table('approvals',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject', types.Code(), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words_key', types.Lookup(), nullable=False),
    sa.Column('post', types.Code(), nullable=False),
    sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('how', types.Code(), nullable=False),
    sa.Column('note', types.Sealed('approvals.note'), nullable=True),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['entered_by'], ['staff.id'], name=op.f('fk_approvals_entered_by_staff')),
    sa.ForeignKeyConstraint(['message_id'], ['messages_in.id'], name=op.f('fk_approvals_message_id_messages_in')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_approvals_person_id_people')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_approvals_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approvals'))
    )
    with op.batch_alter_table('approvals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_approvals_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_approvals_subject', ['subject', 'subject_id'], unique=False)

    op.create_table('places',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', types.Code(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('offered_until', types.Instant(), nullable=True),
    sa.Column('told', sa.Boolean(), nullable=False),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', types.Instant(), nullable=False),
    sa.Column('changed_at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['staff.id'], name=op.f('fk_places_decided_by_staff')),
    sa.ForeignKeyConstraint(['entered_by'], ['staff.id'], name=op.f('fk_places_entered_by_staff')),
    sa.ForeignKeyConstraint(['message_id'], ['messages_in.id'], name=op.f('fk_places_message_id_messages_in')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_places_person_id_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_places_project_id_projects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_places')),
    sa.UniqueConstraint('project_id', 'person_id', name=op.f('uq_places_project_id_person_id'))
    )
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_places_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_places_project', ['project_id', 'state', 'turn'], unique=False)
        batch_op.create_index('ix_places_untold', ['changed_at'], unique=False, sqlite_where=sa.text('told = false'), postgresql_where=sa.text('told = false'))
        batch_op.create_index('ix_places_waiting', ['project_id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('set_answers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('set_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('question', types.Code(), nullable=False),
    sa.Column('value', types.SealedJson('set_answers.value'), nullable=True),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['entered_by'], ['staff.id'], name=op.f('fk_set_answers_entered_by_staff')),
    sa.ForeignKeyConstraint(['message_id'], ['messages_in.id'], name=op.f('fk_set_answers_message_id_messages_in')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_set_answers_person_id_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_set_answers_project_id_projects')),
    sa.ForeignKeyConstraint(['set_id'], ['question_sets.id'], name=op.f('fk_set_answers_set_id_question_sets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_set_answers'))
    )
    with op.batch_alter_table('set_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_set_answers_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_set_answers_project', ['project_id', 'set_id', 'question'], unique=False)

    op.create_table('invitations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', types.Token(), nullable=False),
    sa.Column('broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('task_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('invited_at', types.Instant(), nullable=False),
    sa.Column('answer', types.Code(), nullable=True),
    sa.Column('answered_at', types.Instant(), nullable=True),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('how', types.Code(), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_invitations_address_id_addresses')),
    sa.ForeignKeyConstraint(['broadcast_id'], ['broadcasts.id'], name=op.f('fk_invitations_broadcast_id_broadcasts')),
    sa.ForeignKeyConstraint(['entered_by'], ['staff.id'], name=op.f('fk_invitations_entered_by_staff')),
    sa.ForeignKeyConstraint(['message_id'], ['messages_in.id'], name=op.f('fk_invitations_message_id_messages_in')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_invitations_person_id_people')),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_invitations_project_id_projects')),
    sa.ForeignKeyConstraint(['task_id'], ['tasks.id'], name=op.f('fk_invitations_task_id_tasks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('broadcast_id', 'person_id', name=op.f('uq_invitations_broadcast_id_person_id')),
    sa.UniqueConstraint('token', name=op.f('uq_invitations_token'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index('ix_invitations_address', ['address_id', 'invited_at'], unique=False, sqlite_where=sa.text('answer IS NULL'), postgresql_where=sa.text('answer IS NULL'))
        batch_op.create_index(batch_op.f('ix_invitations_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_invitations_project', ['project_id', 'answer', 'person_id'], unique=False)
        batch_op.create_index('ix_invitations_task_id', ['task_id'], unique=False, sqlite_where=sa.text('task_id IS NOT NULL'), postgresql_where=sa.text('task_id IS NOT NULL'))

    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', types.Code(), server_default='message', nullable=False))
        batch_op.add_column(sa.Column('name', types.Sealed('broadcasts.name'), nullable=True))
        batch_op.add_column(sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('rule', types.SealedJson('broadcasts.rule'), nullable=True))
        batch_op.add_column(sa.Column('choices', types.SealedJson('broadcasts.choices'), nullable=True))
        batch_op.add_column(sa.Column('parts', types.SealedJson('broadcasts.parts'), nullable=True))
        batch_op.add_column(sa.Column('formats', types.SealedJson('broadcasts.formats'), nullable=True))
        batch_op.add_column(sa.Column('templates', types.SealedJson('broadcasts.templates'), nullable=True))
        batch_op.add_column(sa.Column('when_capped', types.Code(), server_default='wait', nullable=False))
        batch_op.add_column(sa.Column('promotion', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('spread', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('corrects_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('counted', types.SealedJson('broadcasts.counted'), nullable=True))
        batch_op.add_column(sa.Column('sent_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('let_go_at', types.Instant(), nullable=True))
        batch_op.add_column(sa.Column('settled_at', types.Instant(), nullable=True))
        batch_op.create_index(batch_op.f('ix_broadcasts_corrects_id'), ['corrects_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_broadcasts_project_id'), ['project_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_broadcasts_corrects_id_broadcasts'), 'broadcasts', ['corrects_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_broadcasts_project_id_projects'), 'projects', ['project_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_broadcasts_sent_by_staff'), 'staff', ['sent_by'], ['id'])

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('part', types.Code(), server_default='member', nullable=False))
        batch_op.add_column(sa.Column('format', types.Code(), nullable=True))
        batch_op.add_column(sa.Column('days_apart', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('digest', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('promotions', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('project_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_questions_project_id_projects'), 'projects', ['project_id'], ['id'])

    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index('ix_tasks_broadcast_id', ['broadcast_id'], unique=False, sqlite_where=sa.text('broadcast_id IS NOT NULL'), postgresql_where=sa.text('broadcast_id IS NOT NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_tasks_broadcast_id_broadcasts'), 'broadcasts', ['broadcast_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_tasks_broadcast_id_broadcasts'), type_='foreignkey')
        batch_op.drop_index('ix_tasks_broadcast_id', sqlite_where=sa.text('broadcast_id IS NOT NULL'), postgresql_where=sa.text('broadcast_id IS NOT NULL'))
        batch_op.drop_column('broadcast_id')

    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_questions_project_id_projects'), type_='foreignkey')
        batch_op.drop_column('project_id')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('promotions')
        batch_op.drop_column('digest')
        batch_op.drop_column('days_apart')
        batch_op.drop_column('format')
        batch_op.drop_column('part')

    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_broadcasts_sent_by_staff'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_broadcasts_project_id_projects'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_broadcasts_corrects_id_broadcasts'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_broadcasts_project_id'))
        batch_op.drop_index(batch_op.f('ix_broadcasts_corrects_id'))
        batch_op.drop_column('settled_at')
        batch_op.drop_column('let_go_at')
        batch_op.drop_column('sent_by')
        batch_op.drop_column('counted')
        batch_op.drop_column('corrects_id')
        batch_op.drop_column('spread')
        batch_op.drop_column('promotion')
        batch_op.drop_column('when_capped')
        batch_op.drop_column('templates')
        batch_op.drop_column('formats')
        batch_op.drop_column('parts')
        batch_op.drop_column('choices')
        batch_op.drop_column('rule')
        batch_op.drop_column('project_id')
        batch_op.drop_column('name')
        batch_op.drop_column('kind')

    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index('ix_invitations_task_id', sqlite_where=sa.text('task_id IS NOT NULL'), postgresql_where=sa.text('task_id IS NOT NULL'))
        batch_op.drop_index('ix_invitations_project')
        batch_op.drop_index(batch_op.f('ix_invitations_person_id'))
        batch_op.drop_index('ix_invitations_address', sqlite_where=sa.text('answer IS NULL'), postgresql_where=sa.text('answer IS NULL'))

    op.drop_table('invitations')
    with op.batch_alter_table('set_answers', schema=None) as batch_op:
        batch_op.drop_index('ix_set_answers_project')
        batch_op.drop_index(batch_op.f('ix_set_answers_person_id'))

    op.drop_table('set_answers')
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.drop_index('ix_places_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_places_untold', sqlite_where=sa.text('told = false'), postgresql_where=sa.text('told = false'))
        batch_op.drop_index('ix_places_project')
        batch_op.drop_index(batch_op.f('ix_places_person_id'))

    op.drop_table('places')
    with op.batch_alter_table('approvals', schema=None) as batch_op:
        batch_op.drop_index('ix_approvals_subject')
        batch_op.drop_index(batch_op.f('ix_approvals_person_id'))

    op.drop_table('approvals')
    op.drop_table('terms')
    with op.batch_alter_table('askings', schema=None) as batch_op:
        batch_op.drop_index('ix_askings_subject')
        batch_op.drop_index(batch_op.f('ix_askings_person_id'))
        batch_op.drop_index('ix_askings_open', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.drop_table('askings')
    op.drop_table('transfer_parts')
    with op.batch_alter_table('projects', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_projects_state'))

    op.drop_table('projects')
    with op.batch_alter_table('group_members', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_group_members_person_id'))

    op.drop_table('group_members')
    with op.batch_alter_table('transfers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_transfers_staff_id'))
        batch_op.drop_index('ix_transfers_running', sqlite_where=sa.text("state = 'checking' OR state = 'running'"), postgresql_where=sa.text("state = 'checking' OR state = 'running'"))
        batch_op.drop_index(batch_op.f('ix_transfers_erase_at'))

    op.drop_table('transfers')
    with op.batch_alter_table('templates', schema=None) as batch_op:
        batch_op.drop_index('uq_templates_content_sid')

    op.drop_table('templates')
    with op.batch_alter_table('question_sets', schema=None) as batch_op:
        batch_op.drop_index('uq_question_sets_version')

    op.drop_table('question_sets')
    op.drop_table('groups')
    op.drop_table('audiences')
    with op.batch_alter_table('equality_answers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_equality_answers_subject'))

    op.drop_table('equality_answers')
