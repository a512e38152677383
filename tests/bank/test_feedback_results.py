"""The results of feedback: figures that add up, words as far as each may read them, and nobody found out."""

from __future__ import annotations

from bank import feedback_shown, themes
from bank.feedback_gathered import years
from bank.feedback_groups import KIND, MONTH, PROJECT
from bank.feedback_shown import Outcome
from bank.suppression import Hidden, Shown
from bank.tokens import token
from flows.question_set import Kind, Means
from storage import people
from storage.feedback import About
from storage.meetings import MeetingKind
from storage.schema import Record
from storage.staff import Role
from storage.store import Store, Tx
from tests.bank import answered, leaflet
from tests.bank.ashdale import ASHDALE, MORNING

_GOOD = {"q1": "5", "q2": "yes", "q3": "Tea {number}", "q5": ["c1", "c2"]}
_BAD = {"q1": "2", "q2": "no", "q4": "Louder, please {number}", "q5": []}


def _look(tx: Tx, row: Record, *roles: Role) -> Outcome:
    found = feedback_shown.of_meeting(tx, leaflet.hired(tx, token(), *roles), row, MORNING, ASHDALE)
    assert found is not None
    return found.outcome()


def _words(found: Outcome) -> set[str]:
    texts = (question for question in found.questions if question.told.asked.question.kind is Kind.TEXT)
    return {said.words for question in texts for said in question.said}


def _counts(found: Outcome, means: Means) -> dict[str, int | None]:
    told = next(one.told for one in found.questions if one.told.asked.question.means is means)
    return {label: count.count if isinstance(count, Shown) else None for label, count in told.counts}


async def test_a_meeting_nobody_was_asked_about_has_no_results(store: Store) -> None:
    def story(tx: Tx) -> feedback_shown.Read | None:
        sam = leaflet.hired(tx, "Sam")
        return feedback_shown.of_meeting(tx, sam, answered.meeting(tx), MORNING, ASHDALE)

    assert await store.write(story) is None


async def test_each_question_is_told_with_how_often_each_answer_was_given(store: Store) -> None:
    def story(tx: Tx) -> Outcome:
        row = answered.meeting(tx)
        answered.spread(tx, answered.asked_about(tx, row))
        return _look(tx, row)

    found = await store.write(story)
    assert found.answered == Shown(60)
    assert _counts(found, Means.HOW) == {"5 (best)": 10, "4": 10, "3": 10, "2": 10, "1 (worst)": 10}
    assert _counts(found, Means.HEARD) == {"Yes": 35, "No": 25}
    assert _counts(found, Means.GOOD) == {"Answered": 35}
    assert _counts(found, Means.ELSE)["The tea"] == 35
    assert found.questions[0].told.middle == 3


async def test_the_middle_is_told_only_where_it_follows_from_what_is_shown(store: Store) -> None:
    def story(tx: Tx) -> tuple[Outcome, Outcome]:
        most, nearly = answered.meeting(tx), answered.meeting(tx, "Another")
        for row, fives, fours in ((most, 30, 3), (nearly, 20, 20)):
            asked = answered.asked_about(tx, row)
            answered.many(tx, asked, fives, {"q1": "5"})
            answered.many(tx, asked, fours, {"q1": "4"})
        return _look(tx, most), _look(tx, nearly)

    most, nearly = await store.write(story)
    for found in (most, nearly):
        told = found.questions[0].told
        known = [figure.count for _label, figure in told.counts if figure.count is not None]
        assert told.middle in {None, 5}
        assert told.middle is None or max(known) == known[0]


async def test_few_answers_are_not_counted_and_their_middle_is_not_told(store: Store) -> None:
    def story(tx: Tx) -> Outcome:
        row = answered.meeting(tx)
        answered.many(tx, answered.asked_about(tx, row), 9, _GOOD)
        return _look(tx, row)

    found = await store.write(story)
    assert isinstance(found.answered, Hidden)
    assert _counts(found, Means.HOW)["5 (best)"] is None
    assert found.questions[0].told.middle is None


async def test_who_may_see_a_person_reads_what_they_said_with_their_name(store: Store) -> None:
    def story(tx: Tx) -> tuple[Outcome, Outcome]:
        row = answered.meeting(tx)
        asked = answered.asked_about(tx, row)
        answered.says(tx, asked, {"q3": "The tea"}, answered.member(tx, "Asha"))
        answered.says(tx, asked, {"q3": "The talk"}, answered.member(tx, "Ben", held="danger"))
        return _look(tx, row), _look(tx, row, Role.SAFEGUARDING_LEAD)

    coordinator, lead = await store.write(story)
    assert [(said.name, said.words) for said in coordinator.questions[2].said] == [("Asha", "The tea")]
    assert _words(lead) == {"The tea", "The talk"}


async def test_what_was_chosen_is_read_beside_a_name_and_never_without_one(store: Store) -> None:
    def story(tx: Tx) -> tuple[Outcome, Outcome]:
        row, nameless = answered.meeting(tx), answered.meeting(tx, "Nameless")
        answered.says(tx, answered.asked_about(tx, row), {"q1": "4", "q5": ["c2"]}, answered.member(tx, "Asha"))
        answered.many(tx, answered.asked_about(tx, nameless, anonymous=True), 20, _GOOD, named=False)
        return _look(tx, row), _look(tx, nameless)

    named, nameless = await store.write(story)
    assert [(one.name, one.words) for question in named.questions for one in question.said] == [
        ("Asha", "4"),
        ("Asha", "The talk"),
    ]
    assert [bool(question.said) for question in nameless.questions] == [False, False, True, False, False]


async def test_what_staff_said_is_not_among_the_figures(store: Store) -> None:
    def story(tx: Tx) -> Outcome:
        row = answered.meeting(tx)
        asked = answered.asked_about(tx, row)
        answered.many(tx, asked, 10, _GOOD)
        for _one in range(10):
            answered.says(tx, asked, _BAD, answered.member(tx, "Kim", part=people.Part.STAFF))
        return _look(tx, row)

    found = await store.write(story)
    assert found.answered == Shown(10)
    assert _counts(found, Means.HEARD)["No"] is None


async def test_answers_without_a_name_are_read_only_among_enough(store: Store) -> None:
    def story(tx: Tx) -> tuple[Outcome, Outcome]:
        large, small = answered.meeting(tx), answered.meeting(tx, "Small")
        answered.many(tx, answered.asked_about(tx, large, anonymous=True), 10, _GOOD, named=False)
        answered.many(tx, answered.asked_about(tx, small, anonymous=True), 9, _BAD, named=False)
        return _look(tx, large), _look(tx, small)

    large, small = await store.write(story)
    assert _words(large) == {f"Tea {number}" for number in range(1, 11)}
    assert all(not said.name and said.at is None for question in large.questions for said in question.said)
    assert not _words(small)


async def test_answers_without_a_name_of_small_rounds_are_read_together_once_they_are_over(store: Store) -> None:
    def story(tx: Tx) -> list[set[str]]:
        sam = leaflet.hired(tx, "Sam")
        project = leaflet.opened(tx, sam, leaflet.member(tx, "Grace"))

        def read() -> set[str]:
            return _words(feedback_shown.of_project(tx, sam, project, About.MEETING, 2026, MORNING, ASHDALE).outcome())

        seen = []
        for place, over in enumerate((True, False, True, True)):
            row = answered.meeting(tx, project_id=project.id)
            asked = answered.asked_about(tx, row, anonymous=True, over=over)
            answered.many(tx, asked, 6, {"q3": f"Round {place}"}, named=False)
            seen.append(read())
            assert not _words(_look(tx, row))
        return seen

    one, still_open, together, not_enough_more = await store.write(story)
    assert one == set() == still_open
    assert together == {"Round 0", "Round 2"} == not_enough_more


async def test_what_is_just_being_given_without_a_name_is_not_read(store: Store) -> None:
    def story(tx: Tx) -> Outcome:
        row = answered.meeting(tx)
        asked = answered.asked_about(tx, row, anonymous=True)
        answered.many(tx, asked, 10, _GOOD, named=False)
        answered.half_said(tx, asked, {"q3": "Only half"})
        return _look(tx, row)

    assert "Only half" not in _words(await store.write(story))


async def test_how_many_were_asked_is_who_got_a_text_or_is_rung(store: Store) -> None:
    def story(tx: Tx) -> Outcome:
        row = answered.meeting(tx)
        asked = answered.asked_about(tx, row)
        some = [answered.member(tx, name) for name in ("Asha", "Ben", "Carys")]
        answered.asked_by_text(tx, row, some)
        for person in (some[0], answered.member(tx, "Dawid")):
            answered.asked_by_call(tx, asked, person)
        return _look(tx, row)

    assert (await store.write(story)).asked == 4


async def test_figures_of_a_year_are_told_by_kind_by_project_and_by_month(store: Store) -> None:
    def story(tx: Tx) -> tuple[list[int], feedback_shown.Read]:
        sam = leaflet.hired(tx, "Sam")
        project = leaflet.opened(tx, sam, leaflet.member(tx, "Grace"))
        first = answered.meeting(tx, project_id=project.id)
        training = answered.meeting(tx, kind=MeetingKind.TRAINING, on_day="2026-11-05")
        later = answered.meeting(tx, on_day="2027-01-07")
        answered.spread(tx, answered.asked_about(tx, first))
        answered.spread(tx, answered.asked_about(tx, training))
        answered.many(tx, answered.asked_about(tx, later), 10, _BAD)
        return years(tx, About.MEETING), feedback_shown.of_year(tx, 2026, MORNING, ASHDALE)

    found, read = await store.write(story)
    everything = read.outcome()
    assert found == [2027, 2026]
    assert everything.answered == Shown(120)
    assert not _words(everything)
    assert [(one.name, one.answered, one.middle) for one in read.parts(KIND)] == [
        ("space", Shown(60), 3),
        ("training", Shown(60), 3),
    ]
    assert [(one.name, one.middle) for one in read.parts(MONTH)] == [("2026-11", 3), ("2026-12", 3)]
    assert [one.answered for one in read.parts(PROJECT)] == [Shown(60)]


async def test_a_theme_is_counted_once_for_each_who_spoke_of_it(store: Store) -> None:
    def story(tx: Tx) -> tuple[dict[str, object], list[str]]:
        sam, row = leaflet.hired(tx, "Sam"), answered.meeting(tx)
        asked = answered.asked_about(tx, row)
        ids = answered.many(tx, asked, 20, {"q3": "Tea", "q4": "More tea"})
        answered.many(tx, asked, 20, _BAD)
        tea, room = (themes.add(tx, sam, {"en": name}, MORNING) for name in ("Tea", "Room"))
        themes.tag(tx, sam, tea, [(id_, place) for id_ in ids for place in ("q3", "q4")], MORNING)
        themes.tag(tx, sam, room, [(ids[0], "q3")], MORNING)
        themes.tag(tx, sam, tea, [(ids[0], "q4")], MORNING, off=True)
        counted = {themes.called(theme): count for theme, count in _look(tx, row).themes}
        themes.close(tx, sam, themes.rename(tx, sam, tea, {"en": "Drinks", "pl": "Napoje"}, MORNING), MORNING)
        return counted, [themes.called(theme, "pl") for theme, _count in _look(tx, row).themes]

    counted, after = await store.write(story)
    assert counted == {"Tea": Shown(20), "Room": Hidden()}
    assert after == ["Napoje", "Room"]
