"""Settings: settings.toml, then HEARD_... variables, then a secrets folder. A mistake is one plain sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin

from pydantic import AfterValidator, BaseModel, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from bot import settings_fit, settings_said
from bot.mistake import SettingsMistake as SettingsMistake
from bot.sections import (
    Addresses,
    DatabaseSettings,
    OrganisationSettings,
    PublicUrl,
    SenderSettings,
    TelegramSettings,
    TwilioSettings,
    WatchSettings,
)
from bot.settings_sources import FILE, SECRETS, SettingsFile, secrets_folder
from bot.settings_sources import PREFIX as PREFIX
from bot.settings_sources import ROOT as ROOT

# Read by the settings themselves, not fields of them.
_ABOUT_SETTINGS = {FILE, SECRETS}


def _from_here(path: Path) -> Path:
    """Wherever the command is given, the same folder is meant."""
    return ROOT / path.expanduser()


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    public_url: PublicUrl
    host: str
    port: int = Field(ge=1, le=65535)
    trusted_proxies: Addresses = ("127.0.0.1",)
    data_dir: Annotated[Path, AfterValidator(_from_here)]
    demo: Literal["auto", "on", "off"]
    log_level: Literal["debug", "info", "warning"]
    database: DatabaseSettings
    organisation: OrganisationSettings
    twilio: TwilioSettings
    telegram: TelegramSettings
    sender: SenderSettings
    watch: WatchSettings

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.sqlite_file}" if self.sqlite_file else self.database.url

    @property
    def is_sqlite(self) -> bool:
        return not self.database.url or self.database.url.startswith("sqlite")

    @property
    def sqlite_file(self) -> Path | None:
        """Where SQLite keeps the database; None on PostgreSQL."""
        if not self.is_sqlite:
            return None
        named = self.database.url.removeprefix("sqlite:///")
        return _from_here(Path(named)) if named else self.data_dir.resolve() / "heard.db"

    @property
    def has_channel(self) -> bool:
        return self.twilio.on or self.telegram.on

    @property
    def is_demo(self) -> bool:
        return self.demo == "on" or (self.demo == "auto" and not self.has_channel)

    def as_demo(self, folder: Path) -> Settings:
        """The same organisation with no channel of its own, and with a database of its own, kept in `folder`."""
        return self.model_copy(
            update={
                "demo": "on",
                "data_dir": folder,
                "database": DatabaseSettings(),
                "twilio": TwilioSettings(),
                "telegram": TelegramSettings(),
            }
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the library's own name and order
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = SettingsFile(settings_cls)
        return init_settings, env_settings, *secrets_folder(file_secret_settings), file


def load() -> Settings:
    """Read and check every setting. Raises SettingsMistake."""
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and not _is_known(name))
    if unknown:
        raise SettingsMistake(settings_said.unknown(unknown[0], (_variable(name) for name in names())))
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsMistake(settings_said.sentence(error, PREFIX, names())) from None
    except SettingsError:
        raise SettingsMistake(f"{_not_json()} must be a list or a table, like [1, 2, 3].") from None
    if not settings.public_url:
        settings = settings.model_copy(update={"public_url": f"http://{settings.host}:{settings.port}"})
    own = settings
    if mistake := next(
        settings_fit.mistakes(own.demo, own.public_url, own.organisation, own.twilio, own.telegram), None
    ):
        raise SettingsMistake(mistake)
    return settings


def names(model: type[BaseModel] = Settings, before: str = "") -> Iterator[str]:
    """Every setting, like "twilio.sms_from"."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from names(kind, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def not_read() -> Iterator[tuple[str, str]]:
    """Variables named as the providers' own guides name them: each with the name that Heard reads."""
    for name in names():
        ours = _variable(name)
        theirs = ours.removeprefix(PREFIX).replace("__", "_")
        if name.startswith(("twilio.", "telegram.")) and theirs in os.environ:
            yield theirs, ours


def _variable(name: str) -> str:
    return PREFIX + name.replace(".", "__").upper()


def _is_known(name: str) -> bool:
    if name in _ABOUT_SETTINGS:
        return True
    section, _, key = name.removeprefix(PREFIX).lower().partition("__")
    field = Settings.model_fields.get(section)
    if field is None or not key:
        return field is not None
    nested = field.annotation
    return isinstance(nested, type) and issubclass(nested, BaseModel) and key.partition("__")[0] in nested.model_fields


def _not_json() -> str:
    """The variables for a list or a table whose value is neither."""
    return ", ".join(name for name in sorted(os.environ) if _is_compound(name) and not _is_json(os.environ[name]))


def _is_compound(name: str) -> bool:
    section, _, key = name.removeprefix(PREFIX).lower().partition("__")
    field = Settings.model_fields.get(section) if name.startswith(PREFIX) else None
    nested: Any = field.annotation if field else None
    inside = getattr(nested, "model_fields", {}).get(key) if key else field
    return inside is not None and get_origin(inside.annotation) in {frozenset, tuple, Mapping}


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except ValueError:
        return False
    return True
