"""The key ring: what it seals opens only as it should, and its file is kept as a secret."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from storage.keys import FILE, KeyRing, KeysUnusable, SealBroken


def flipped(sealed: bytes, at: int) -> bytes:
    altered = bytearray(sealed)
    altered[at] ^= 1
    return bytes(altered)


def test_what_is_sealed_opens_and_never_looks_the_same(keys: KeyRing) -> None:
    sealed = [keys.seal("people.name", b"Asha") for _ in range(100)]
    assert {keys.open("people.name", each) for each in sealed} == {b"Asha"}
    assert len(set(sealed)) == 100
    assert all(b"Asha" not in each for each in sealed)


@pytest.mark.parametrize("at", [0, 1, 2, 13, 14, -1], ids=["version", "key id", "nonce", "nonce end", "words", "tag"])
def test_an_altered_byte_is_noticed(keys: KeyRing, at: int) -> None:
    with pytest.raises(SealBroken):
        keys.open("people.name", flipped(keys.seal("people.name", b"Asha"), at))


@pytest.mark.parametrize(
    ("label", "says"),
    [("people.note", "moved from another column"), ("people.name", None)],
)
def test_bytes_open_only_in_their_own_column(keys: KeyRing, label: str, says: str | None) -> None:
    sealed = keys.seal("people.name", b"Asha")
    if says is None:
        assert keys.open(label, sealed) == b"Asha"
    else:
        with pytest.raises(SealBroken, match=says):
            keys.open(label, sealed)


@pytest.mark.parametrize("sealed", [b"", b"Asha", b"\x01" * 29], ids=["nothing", "plain text", "too short"])
def test_bytes_that_were_never_sealed_are_refused(keys: KeyRing, sealed: bytes) -> None:
    with pytest.raises(SealBroken, match="not sealed by us"):
        keys.open("people.name", sealed)


def test_another_ring_opens_nothing(keys: KeyRing) -> None:
    with pytest.raises(SealBroken):
        KeyRing.ephemeral().open("people.name", keys.seal("people.name", b"Asha"))


def test_rotation_opens_the_old_seals_the_new_and_keeps_look_ups(keys: KeyRing) -> None:
    rotated = keys.rotated()
    assert rotated.open("people.name", keys.seal("people.name", b"Asha")) == b"Asha"
    assert rotated.seal("people.name", b"Asha")[1] == rotated.current == keys.current + 1
    assert rotated.lookup("+447700900123") == keys.lookup("+447700900123")
    with pytest.raises(SealBroken, match="not in the key file"):
        keys.open("people.name", rotated.seal("people.name", b"Asha"))


def test_look_ups_are_stable_short_and_tied_to_the_key(keys: KeyRing) -> None:
    assert keys.lookup("+447700900123") == keys.lookup("+447700900123")
    assert keys.lookup("+447700900123") != keys.lookup("+447700900124")
    assert keys.lookup("+447700900123") != KeyRing.ephemeral().lookup("+447700900123")
    assert len(keys.lookup("x" * 140)) == 16


def test_the_check_value_tells_whether_the_keys_fit(keys: KeyRing) -> None:
    kept = keys.check_value()
    assert keys.fits(kept)
    assert keys.rotated().fits(kept)
    assert not KeyRing.ephemeral().fits(kept)
    assert not replace(keys, looking_up=bytes(32)).fits(kept)


def test_the_file_is_private_and_loads_again(tmp_path: Path) -> None:
    made = KeyRing.make(tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / FILE).stat().st_mode) == 0o600
    assert KeyRing.load(tmp_path / "new") == made
    made.rotated().save(tmp_path / "new")
    assert KeyRing.load(tmp_path / "new").current == 2
    assert [path.name for path in (tmp_path / "new").iterdir()] == [FILE]


def test_keys_in_use_are_never_written_over(tmp_path: Path) -> None:
    made = KeyRing.make(tmp_path)
    with pytest.raises(FileExistsError):
        KeyRing.make(tmp_path)
    assert KeyRing.load(tmp_path) == made


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (None, "cannot be read"),
        ("", "does not hold"),
        ("[]", "does not hold"),
        ('{"current": 1}', "does not hold"),
        (json.dumps({"current": 2, "sealing": {"1": "AAAA"}, "looking_up": "AAAA"}), "does not hold"),
    ],
    ids=["missing", "empty", "a list", "half", "short keys"],
)
def test_an_unusable_file_says_which(tmp_path: Path, written: str | None, says: str) -> None:
    if written is not None:
        (tmp_path / FILE).write_text(written)
    with pytest.raises(KeysUnusable, match=rf"keys\.json {says}"):
        KeyRing.load(tmp_path)


def test_no_key_shows_when_printed(keys: KeyRing) -> None:
    assert repr(keys) == "KeyRing(current=1)"
