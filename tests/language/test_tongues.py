import pytest

from language.tongues import guess, named


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("polski", "pl"),
        ("Polski", "pl"),
        ("Polish", "pl"),
        ("Polish please", "pl"),
        ("in Polish", "pl"),
        ("po polsku", "pl"),
        ("Po polsku proszę", "pl"),
        ("język polski please", "pl"),
        ("Can I have this in Polish please?", "pl"),
        ("can you text me in polish", "pl"),
        ("do you speak Urdu?", "ur"),
        ("I only speak Punjabi", "pa"),
        ("Urdu", "ur"),
        ("اردو", "ur"),
        ("ਪੰਜਾਬੀ", "pa"),
        ("cymraeg", "cy"),
        ("Cymraeg os gwelwch yn dda", None),
        ("Welsh please", "cy"),
        ("BSL please", "bfi"),
        ("中文", "zh"),
        ("română", "ro"),
        ("English", "en"),
        ("po angielsku", "en"),
        ("my language is Somali", "so"),
        ("my language is English I suppose?", None),
        ("I speak Polish and English", None),
        ("is there someone who speaks Polish", None),
        ("polish my shoes", None),
        ("Polish food is lovely", None),
        ("yes", None),
        ("", None),
    ],
)
def test_a_language_is_asked_for(text: str, tag: str | None) -> None:
    assert named(text) == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Chcę dołączyć", "pl"),
        ("chce dolaczyc", "pl"),
        ("dołącz", "pl"),
        ("dzień dobry, mam pytanie", "pl"),
        ("tak jasne", "pl"),
        ("dziekuje", "pl"),
        ("yes", None),
        ("I want to join", None),
        ("no", None),
        ("tak", None),
        ("nie", None),
        ("to do", None),
        ("Łukasz", None),
        ("Siân", None),
        ("my mam is jest", None),
        ("👍", None),
        ("", None),
    ],
)
def test_the_language_of_the_words(text: str, tag: str | None) -> None:
    assert guess(text) == tag
