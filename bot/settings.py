"""Settings: settings.toml, then HEARD_... variables, then a secrets folder. A mistake is one plain sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_origin

from pydantic import BaseModel, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from bot.sections import (
    Addresses,
    DatabaseSettings,
    OrganisationSettings,
    SenderSettings,
    TelegramSettings,
    TwilioSettings,
    UrlOrEmpty,
    WatchSettings,
)

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "HEARD_"
# Read by the settings themselves, not fields of them.
_ABOUT_SETTINGS = {"HEARD_SETTINGS", "HEARD_SECRETS_DIR"}


class SettingsMistake(Exception):
    """A setting is wrong. The message is one plain sentence that names the key."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    public_url: UrlOrEmpty
    host: str
    port: int = Field(ge=1, le=65535)
    trusted_proxies: Addresses = ("127.0.0.1",)
    data_dir: Path
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
        return self.database.url or f"sqlite:///{self.data_dir.resolve() / 'heard.db'}"

    @property
    def is_sqlite(self) -> bool:
        return not self.database.url or self.database.url.startswith("sqlite")

    @property
    def has_channel(self) -> bool:
        return self.twilio.on or self.telegram.on

    @property
    def is_demo(self) -> bool:
        return self.demo == "on" or (self.demo == "auto" and not self.has_channel)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the library's own name and order
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = TomlConfigSettingsSource(settings_cls, Path(os.environ.get("HEARD_SETTINGS", ROOT / "settings.toml")))
        folder = os.environ.get("HEARD_SECRETS_DIR")
        if not folder:
            return init_settings, env_settings, file
        secrets = NestedSecretsSettingsSource(
            file_secret_settings, secrets_dir=folder, secrets_prefix=PREFIX, secrets_nested_delimiter="__"
        )
        return init_settings, env_settings, secrets, file


def load() -> Settings:
    """Read and check every setting. Raises SettingsMistake."""
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and not _is_known(name))
    if unknown:
        raise SettingsMistake(f"{unknown[0]} is not a setting of Heard. The settings are listed in settings.toml.")
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsMistake(_sentence(error)) from None
    except SettingsError:
        raise SettingsMistake(f"{_not_json()} must be a list or a table, like [1, 2, 3].") from None
    except (OSError, ValueError) as error:
        raise SettingsMistake(f"settings.toml cannot be read: {error}.") from None
    if not settings.public_url:
        settings = settings.model_copy(update={"public_url": f"http://{settings.host}:{settings.port}"})
    return _consistent(settings)


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


def _sentence(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    # A slip of the pen makes one key unknown and another one missing: it is the unknown one that helps.
    first = min(found, key=lambda one: one["type"] != "extra_forbidden")
    path = [str(part) for part in first["loc"]]
    variable = PREFIX + "__".join(path).upper()
    said = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        return f"{'.'.join(path)} is not a setting of Heard. The settings are listed in settings.toml."
    if first["type"] == "missing":
        return f"{'.'.join(path)} is missing from settings.toml ({variable})."
    said = _PLAINLY.get(first["type"], f"{said[0].lower()}{said[1:]}")
    return f"{'.'.join(path)} ({variable}) {said}."


_PLAINLY = {
    "int_parsing": "must be a whole number",
    "float_parsing": "must be a number",
    "time_parsing": "must be a time, like 09:00:00",
    "date_from_datetime_parsing": "must be a date, like 2026-11-01",
    "zone_not_found": "must be a time zone, like Europe/London",
}


def _consistent(settings: Settings) -> Settings:
    if settings.demo == "on" and settings.has_channel:
        raise SettingsMistake(
            'demo ("on") cannot be used with a real channel: its clock can be moved. Set demo = "off".'
        )
    if settings.organisation.opens >= settings.organisation.closes:
        raise SettingsMistake(
            "organisation.opens (HEARD_ORGANISATION__OPENS) must be earlier than organisation.closes."
        )
    for name, one, other in (
        ("twilio.auth_token (HEARD_TWILIO__AUTH_TOKEN)", settings.twilio.account_sid, settings.twilio.auth_token),
        ("twilio.account_sid (HEARD_TWILIO__ACCOUNT_SID)", settings.twilio.auth_token, settings.twilio.account_sid),
        ("twilio.api_secret (HEARD_TWILIO__API_SECRET)", settings.twilio.api_key, settings.twilio.api_secret),
    ):
        if one and not other:
            raise SettingsMistake(f"{name} is missing: it belongs with the one that is set.")
    if settings.telegram.on and settings.telegram.updates == "webhook" and not settings.telegram.secret_token:
        raise SettingsMistake("telegram.secret_token (HEARD_TELEGRAM__SECRET_TOKEN) is missing: a webhook needs it.")
    return settings
