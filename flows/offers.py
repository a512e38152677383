"""The choices of a question as they stand open: fixed ones, or from facts a page at a time."""

from __future__ import annotations

from flows import engine_words
from flows.grammar import Choose, Facts, FromFacts, Offer
from language.wording import own

MORE_PAGE = "more-page"


def offers(step: Choose, page: int, facts: Facts) -> tuple[Offer, ...]:
    """What is offered on this page, counted from 0; after the last page comes the first again."""
    if isinstance(step.choices, FromFacts):
        return _page(_every(step.choices, facts), step.choices.page, page)
    return tuple(Offer(choice.id, choice.label, choice.hears) for choice in step.choices)


def whole_list(step: Choose, page: int, picked: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    """ALL, with more pages to come, means all of them: it would go round the pages for ever."""
    if MORE_PAGE not in picked or not isinstance(step.choices, FromFacts):
        return picked
    if {offer.id for offer in offers(step, page, facts)} <= {*picked}:
        return tuple(offer.id for offer in _every(step.choices, facts))
    return picked


def _every(source: FromFacts, facts: Facts) -> list[Offer]:
    return [Offer(str(id_), own(label)) for id_, label in facts[source.name]]


def _page(every: list[Offer], most: int, page: int) -> tuple[Offer, ...]:
    if len(every) <= most:
        return tuple(every)
    size = most - 1
    pages = -(-len(every) // size)
    start = (page % pages) * size
    return (*every[start : start + size], Offer(MORE_PAGE, engine_words.MORE, "more"))
