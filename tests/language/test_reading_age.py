"""Reading age against texts of five levels, each written for readers of that age."""

from __future__ import annotations

from itertools import combinations, pairwise
from statistics import mean

import pytest

from language.plain import reading_age, sentence_length, word_length

# Level, the ages that the formula must say of each text of it, and the texts.
FIVE_TO_SEVEN = (
    "The cat sat on the mat. It was a big red cat. The cat saw a dog. The dog ran up the hill. The cat ran too.",
    "I have a pet fish. He is gold. He swims in a tank. I feed him each day. He likes me. I like him too.",
    "We went to the park. I had a go on the swing. Mum sat on the bench. Then it rained. We ran home to get dry.",
    "Sam has a new bike. It is blue. He can ride it fast. Look at him go! He fell off once. He got back on.",
    "Nan came to tea. She had a cake in a tin. We all had some. It was good. Nan gave me a kiss and went home.",
)
NINE_TO_ELEVEN = (
    (
        "Would you like to help us make care better? You can come to a meeting, or tell us what you think by text. "
        "We will pay your bus fare. You can stop at any time."
    ),
    (
        "On Monday our class went to the castle. We climbed to the top of the tower and looked over the wall. A guide "
        "told us how people lived there long ago. Afterwards we ate our lunch by the river."
    ),
    (
        "We are holding a coffee morning for people who look after someone at home. Come and meet others, have a slice "
        "of cake, and ask us anything you like. You do not need to book. The hall has a lift."
    ),
    (
        "Your letter tells you how much you pay for your care each week. If the amount looks wrong, please phone us. A "
        "person will go through it with you. You will not lose your care while we look into it."
    ),
    (
        "A hedgehog sleeps through most of the winter. It makes a nest of dry leaves under a bush or a shed. When "
        "spring comes it wakes up hungry, and goes out at night to look for beetles and worms."
    ),
)
THIRTEEN_TO_FOURTEEN = (
    (
        "If you care for a relative at home, you may be able to get a regular payment from the government. How much "
        "you receive depends on your earnings and on the benefits that the other person already claims."
    ),
    (
        "Volcanoes form where melted rock from deep inside the earth pushes up through weak points in the surface. "
        "Some erupt violently and without much warning, while others release their lava slowly over several months."
    ),
    (
        "The council wants to hear from families before it changes the way that day centres are run. You can reply to "
        "the survey online, or pick up a printed copy from any library in the county before the end of January."
    ),
    (
        "Many people find that caring for somebody changes their own health, because they are often tired and have "
        "little time for exercise. Talking to others in the same position can make a surprising difference."
    ),
    (
        "During the war, children were sent away from the cities to stay with strangers in the countryside. Some were "
        "happy in their new villages, but others felt terribly lonely and wrote home asking to return."
    ),
)
SIXTEEN_AND_OVER = (
    (
        "Although the government has promised additional investment in social care, several organisations representing "
        "older people argue that the proposals fail to address the underlying shortage of experienced staff."
    ),
    (
        "Researchers examining the relationship between loneliness and physical health have concluded that isolated "
        "individuals are considerably more likely to develop cardiovascular disease than those with active social "
        "lives."
    ),
    (
        "Economic historians continue to disagree about whether industrialisation initially improved the living "
        "standards of ordinary labourers or merely concentrated prosperity among a comparatively small commercial "
        "class."
    ),
    (
        "The evaluation considered whether participants who received regular visits from volunteers reported greater "
        "confidence, and whether any improvement was maintained after the programme had officially concluded."
    ),
    (
        "Photosynthesis enables plants to convert solar energy into chemical energy, producing carbohydrates that are "
        "subsequently metabolised by virtually every other organism within the surrounding ecosystem."
    ),
)
OFFICIALESE = (
    (
        "The remuneration of individuals participating in consultation is contingent upon the submission of "
        "appropriate documentation to the administering authority within the stipulated timescale."
    ),
    (
        "Notwithstanding the aforementioned eligibility criteria, the local authority retains absolute discretion "
        "regarding the allocation of discretionary expenditure to individuals in receipt of domiciliary services."
    ),
    (
        "Service users are advised that reablement provision is subject to a multidisciplinary assessment, the outcome "
        "of which will determine the continuing appropriateness of the commissioned intervention."
    ),
    (
        "Pursuant to the statutory obligations of the authority, stakeholders are hereby notified of the commencement "
        "of a consultation exercise concerning the reconfiguration of accommodation-based services."
    ),
    (
        "The implementation of personalisation necessitates the development of robust governance arrangements, "
        "facilitating transparent accountability and the equitable utilisation of organisational resources."
    ),
)
LEVELS = (
    ("five to seven", 5.0, 7.0, FIVE_TO_SEVEN),
    ("nine to eleven", 5.5, 11.0, NINE_TO_ELEVEN),
    ("thirteen to fourteen", 12.0, 16.0, THIRTEEN_TO_FOURTEEN),
    ("sixteen and over", 18.0, 35.0, SIXTEEN_AND_OVER),
    ("officialese", 22.0, 35.0, OFFICIALESE),
)
AGED = [(label, least, most, text) for label, least, most, texts in LEVELS for text in texts]


def age(text: str) -> float:
    found = reading_age(text, "en")
    assert found is not None
    return found


@pytest.mark.parametrize(("label", "least", "most", "text"), AGED, ids=[f"{row[0]}: {row[3][:20]}" for row in AGED])
def test_promise_34_a_text_is_as_old_as_its_readers(label: str, least: float, most: float, text: str) -> None:
    assert least <= age(text) <= most


def test_promise_34_every_level_is_older_than_the_one_before() -> None:
    means = [mean(map(age, texts)) for _label, _least, _most, texts in LEVELS]
    assert means == sorted(means)
    assert all(older - younger > 1 for younger, older in pairwise(means))


def test_promise_34_two_texts_of_different_levels_come_in_their_order() -> None:
    """Of all pairs across levels, nineteen in twenty."""
    pairs = [
        (age(young), age(old))
        for (*_one, younger), (*_other, older) in combinations(LEVELS, 2)
        for young in younger
        for old in older
    ]
    assert sum(young < old for young, old in pairs) >= 0.95 * len(pairs)


def test_promise_34_our_measure_parts_what_we_may_send_from_what_we_may_not() -> None:
    assert all(age(text) <= 11 for text in (*FIVE_TO_SEVEN, *NINE_TO_ELEVEN))
    assert all(age(text) > 11 for text in (*THIRTEEN_TO_FOURTEEN, *SIXTEEN_AND_OVER, *OFFICIALESE))


def test_what_it_cannot_tell() -> None:
    """A rare short word, and nonsense, are as easy as plain words of their length."""
    assert age("The reeve did eke out his tithe. He had to cede the fief. The serf felt ire.") <= 7
    assert age("Hat the on cat sit did. Up go red bus no. Me in tin hop.") <= 7


def test_other_languages_get_lengths_and_no_age() -> None:
    text = "Mamy dla pani dobrą wiadomość. Można przyjść w środę."
    assert reading_age(text, "pl") is None
    assert (sentence_length(text), word_length(text)) == (4.5, 4.8)
    assert (sentence_length(""), word_length("")) == (0, 0)
