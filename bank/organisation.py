"""The council or charity that runs this bank, as its people and its texts know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo

from language.wording import SOURCE_LANGUAGE, Catalogs


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people may hear about; `wording` is language to label, and has at least English."""

    id: str
    wording: Mapping[str, str]

    def label(self, language: str) -> str:
        return self.wording.get(language) or self.wording[SOURCE_LANGUAGE]


@dataclass(frozen=True, slots=True)
class Hours:
    """When people of ours read, local time: Monday is 0. `division` names whose bank holidays."""

    days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    opens: time = time(9)
    closes: time = time(17)
    division: str = "england-and-wales"


@dataclass(frozen=True, slots=True)
class Organisation:
    """What the bank's rules need to know of who runs it. Numbers that save lives are settings, with a date checked.

    `care_line` is whom to ring when care goes wrong, as it is said; empty where there is none. `owners` names whose
    the items of a kind are. `days_to_answer` counts working days, from the day after a question is asked.
    `numbers_owner` sees to it that the numbers are right, and looked last on
    `numbers_checked`; `crisis_numbers` are others that a lead may need to give, by whose they are. When nobody of the
    team is on call, alerts go to the number `out_of_hours` too, and `out_of_hours_words` say what is agreed with them.
    `public_url` is where the pages are. `contact` is whom the team tells of trouble with the pages.
    """

    council: str
    zone: ZoneInfo
    emergency: str
    child_helpline: str
    privacy_url: str
    topics: tuple[Topic, ...]
    catalogs: Catalogs
    hours: Hours = field(default_factory=Hours)
    care_line: str = ""
    numbers_owner: str = ""
    numbers_checked: date | None = None
    crisis_numbers: Mapping[str, str] = field(default_factory=dict)
    out_of_hours: str = ""
    out_of_hours_words: str = ""
    public_url: str = ""
    contact: str = ""
    owners: Mapping[str, str] = field(default_factory=dict)
    days_of_grace: int = 14
    days_unfinished: int = 30
    days_between_questions: int = 7
    days_to_answer: int = 2
    # How many texts that they did not ask for one person gets in a week, at most.
    most_a_week: int = 1
    # A broadcast to more people than this needs somebody else's approval.
    approve_above: int = 100
    # Of fewer answers than this no figure is shown, so that nobody can be picked out; 5 at least.
    smallest_shown: int = 10
    # How many paper forms a partner may enter in a day, and how many texts about forms go in a day from all of them.
    most_sign_ups: int = 50
    most_sign_ups_in_all: int = 200
    # The sender of ours from which texts go to somebody who has not written to us.
    texts_from: str = "sms"
