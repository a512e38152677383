"""`heard check`: the checker over what is shipped, as a table."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from bank.learning import LEARNERS
from bot.settings import ROOT
from flows import feedback_sets
from flows.about_you import QUESTIONS
from flows.check import check
from flows.finding import Finding
from flows.form import FORM
from flows.shipped import SHIPPED
from flows.surroundings import Surroundings
from flows.template import EVERYWHERE
from language.wording import Catalogs

# Answers that decide where a conversation goes, or what its end sets going, and change nothing by themselves.
_ONLY_IN_THE_CONVERSATION = frozenset(
    {
        "wants",
        "menu",
        "safe",
        "safe_to_text",
        "call_number",
        "call_time",
        "pass_on",
        "stop_texting",
        "supporter_may",
        "helper",
        "wants_help",
        "helper_name",
        "helper_number",
        "helps",
        "would_help",
        "rhythm",
        "project",
        "meeting",
        "story_which",
        "story_wants",
    }
)
# "next" is the first thing that a member has not told us, "asked" what they asked for before we asked who they are,
# "set" the questions of a project, "invited" what an answer is about, "round" what somebody tells us of.
_STAND_FOR_A_FLOW = frozenset({"next", "asked", "set", "invited", "round"})


def findings(catalogs: Catalogs | None = None) -> list[Finding]:
    """What the checker finds in every shipped flow and text, in every language there is a catalog of."""
    around = Surroundings(
        saves=frozenset(LEARNERS) | _ONLY_IN_THE_CONVERSATION,
        handovers=_STAND_FOR_A_FLOW,
        unasked=frozenset({FORM.name, *(flow.name for flow in QUESTIONS)}),
    )
    known = catalogs or Catalogs.load(ROOT / "locales")
    found = check(SHIPPED, EVERYWHERE, known, around)
    for language in known.languages:
        told = check(feedback_sets.flows(known, language), {}, known.only([language]), around)
        found += [one for one in told if one.language in {"", language}]
    return list(dict.fromkeys(found))


def run(console: Console | None = None) -> int:
    """Print what was found. Returns 1 when there is an error, else 0."""
    shown, found = console or Console(), findings()
    if found:
        shown.print(_table(found))
    errors = sum(finding.severity == "error" for finding in found)
    shown.print(f"{errors} to mend, {len(found) - errors} worth knowing.")
    return 1 if errors else 0


def _table(found: list[Finding]) -> Table:
    table = Table("", "Where", "Language", "What")
    for finding in found:
        table.add_row(finding.severity, finding.key, finding.language, finding.problem)
    return table
