"""Who may open which pages: sets of roles. Nobody else finds out whether a page exists."""

from __future__ import annotations

from storage.staff import Role

COORDINATORS = frozenset({Role.COORDINATOR, Role.APPROVER, Role.CO_CHAIR, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR})
LEADS = frozenset({Role.SAFEGUARDING_LEAD})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
PARTNERS = frozenset({Role.PARTNER})
READERS = COORDINATORS | {Role.VIEWER}
ANYBODY = frozenset(Role)
