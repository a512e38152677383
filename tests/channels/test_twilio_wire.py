"""The form on the wire."""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from channels.twilio.wire import form

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(TEXT, TEXT))
def test_it_is_what_the_standard_library_makes(data):
    assert form(data) == urlencode(data).encode()


@given(st.dictionaries(TEXT, st.lists(TEXT) | st.integers()))
def test_lists_and_numbers_too(data):
    assert form(data) == urlencode(data, doseq=True).encode()
