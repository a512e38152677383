"""Everybody with a story of their own, in the order of the table."""

from __future__ import annotations

from collections.abc import Sequence

from tests.week.carer import Jean
from tests.week.coordinator import Ada
from tests.week.council_it import Ida
from tests.week.data_protection import Sam
from tests.week.deaf_person import Ruth
from tests.week.partner import Robin
from tests.week.person import Person
from tests.week.polish_parent import Marta
from tests.week.safeguarding_lead import Priya
from tests.week.scrutineer import Halina
from tests.week.supported import Dale

ALL: Sequence[type[Person]] = (Jean, Dale, Ruth, Marta, Ada, Robin, Priya, Sam, Ida, Halina)
