"""Every channel has a name for people, and is a way to reach them."""

from __future__ import annotations

from channels.called import CALLED
from channels.message import Channel
from storage.picking import TEXTED


def test_every_channel_has_a_name() -> None:
    assert set(CALLED) == set(Channel)


def test_every_channel_is_a_way_to_reach_somebody() -> None:
    assert set(TEXTED) == {channel.value for channel in Channel}
