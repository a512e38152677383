"""The types of our columns. Text is only ever Sealed, SealedJson, Lookup, Code or Token.

The keys travel on the engine's dialect (`dialect.heard_keys`), so nothing here is global. Processors are made once a
statement, which is why they are closures and not methods.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, String
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.keys import KeyRing

_Process = Callable[[Any], Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TEXT_LENGTH = 64

# SQLite numbers rows by itself only in a column that is exactly INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")


class NaiveInstant(DontWrapMixin, ValueError):
    """A datetime without a zone was about to be stored."""


class NotACode(DontWrapMixin, ValueError):
    """Text longer than 64 characters was about to be stored as a Code."""


class NoKeys(DontWrapMixin, LookupError):
    """The engine was not made by `storage.store`, or made without keys."""


def keys_of(dialect: Dialect) -> KeyRing:
    """The key ring that the engine was made with. Raises NoKeys."""
    keys: KeyRing | None = getattr(dialect, "heard_keys", None)
    if keys is None:
        raise NoKeys("this engine has no keys: open it with storage.store")
    return keys


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime: microseconds since 1970 on SQLite, timestamptz on PostgreSQL. Raises NaiveInstant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def bind_processor(self, dialect: Dialect) -> _Process:
        return _micros if dialect.name == "sqlite" else _aware

    def result_processor(self, dialect: Dialect, _coltype: object) -> _Process:
        return _from_micros if dialect.name == "sqlite" else _in_utc


def _aware(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise NaiveInstant("an instant needs a time zone")
    return value


def _micros(value: datetime | None) -> int | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise NaiveInstant("an instant needs a time zone")
    since = value - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _from_micros(value: int | None) -> datetime | None:
    return None if value is None else _EPOCH + timedelta(0, 0, value)


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


class _SealedColumn(TypeDecorator[Any]):
    """What Sealed and SealedJson share: equal words never have equal bytes, so only "is null" may be asked."""

    impl = LargeBinary
    cache_ok = True

    class comparator_factory(TypeDecorator.Comparator[Any]):  # noqa: N801  SQLAlchemy's own name for it
        def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
            if op not in {operators.is_, operators.is_not} and other != (None,):
                raise TypeError("a sealed column can only be compared with null: keep a Lookup beside it")
            return super().operate(op, *other, **kwargs)

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.label!r})"


class Sealed(_SealedColumn):
    """Text, encrypted for the one column that `label` names ("people.name"). Reading raises SealBroken."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> _Process:
        label, seal = self.label, keys_of(dialect).seal
        return lambda text: None if text is None else seal(label, text.encode())

    def result_processor(self, dialect: Dialect, _coltype: object) -> _Process:
        label, unseal = self.label, keys_of(dialect).open
        return lambda sealed: None if sealed is None else unseal(label, sealed).decode()


class SealedJson(_SealedColumn):
    """A value that JSON can hold, encrypted for the one column that `label` names. None is null."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> _Process:
        label, seal = self.label, keys_of(dialect).seal
        encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
        return lambda value: None if value is None else seal(label, encode(value).encode())

    def result_processor(self, dialect: Dialect, _coltype: object) -> _Process:
        label, unseal = self.label, keys_of(dialect).open
        decode = json.JSONDecoder().decode
        return lambda sealed: None if sealed is None else decode(unseal(label, sealed).decode())


class Lookup(TypeDecorator[Any]):
    """Text as a keyed hash of 16 bytes, for finding equal text; reading gives the bytes.

    Bytes that were read from such a column may be bound again as they are.
    """

    impl = LargeBinary
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> _Process:
        lookup = keys_of(dialect).lookup
        return lambda value: value if value is None or isinstance(value, bytes) else lookup(value)

    def result_processor(self, _dialect: Dialect, _coltype: object) -> None:
        return None


class Code(TypeDecorator[str]):
    """A technical word from a closed vocabulary or a public code, up to 64 characters; a StrEnum is its value."""

    impl = String(_TEXT_LENGTH)
    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> _Process:
        return _plain


def _plain(value: str | None) -> str | None:
    if value is None:
        return None
    if len(value) > _TEXT_LENGTH:
        raise NotACode(f"a code has up to {_TEXT_LENGTH} characters")
    return str.__str__(value)  # drivers know str, and name an enum's member instead of its value


class Token(TypeDecorator[str]):
    """Random text, safe in a URL, by which something of ours is known outside the house."""

    impl = String(_TEXT_LENGTH)
    cache_ok = True
