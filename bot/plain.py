"""`heard plain`: a text from standard input, and what would make it plainer and cheaper, as JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.sections import OrganisationSettings
from language.advice import Manner, advise
from language.finding import Code, Finding
from language.tag import primary


def manner(organisation: OrganisationSettings, language: str) -> Manner:
    """What the settings say of messages in that language."""
    return Manner(
        organisation.hard_words.get(primary(language), {}),
        organisation.segment_price,
        organisation.domains,
        frozenset(Code(code) for code in organisation.must_mend),
    )


def plain(
    text: str,
    language: str,
    today: date,
    organisation: OrganisationSettings,
    *,
    sender: str | None = None,
    unasked: bool = False,
) -> dict[str, Any]:
    """All that `heard plain` writes. `cost_pence` is for one person; without a `sender` it is the organisation."""
    advice = advise(
        text,
        language,
        today,
        sender=organisation.council if sender is None else sender,
        unasked=unasked,
        manner=manner(organisation, language),
    )
    return {
        "reading_age": advice.reading_age,
        "longest_sentence": advice.longest_sentence,
        "sentence_length": advice.sentence_length,
        "word_length": advice.word_length,
        "hard_words": dict(advice.hard_words),
        "encoding": advice.size.encoding,
        "units": advice.size.units,
        "segments": advice.size.segments,
        "cost_pence": advice.cost / 10,
        "findings": [_told(finding, holds=finding in advice.held_by) for finding in advice.findings],
    }


def written(told: dict[str, Any]) -> str:
    """As it is printed."""
    return json.dumps(told, ensure_ascii=False, indent=2)


def _told(finding: Finding, *, holds: bool) -> dict[str, Any]:
    return {"code": finding.code.value, "says": finding.says, "words": list(finding.words), "holds": holds}
