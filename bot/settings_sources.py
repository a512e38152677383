"""Where settings are read from besides variables: settings.toml, and a folder with a file for each secret."""

from __future__ import annotations

import os
import re
import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    TomlConfigSettingsSource,
)

from bot.mistake import SettingsMistake

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "HEARD_"
FILE, SECRETS = "HEARD_SETTINGS", "HEARD_SECRETS_DIR"
_OF_SYSTEMD = Path("/run/credentials")  # it makes no folder there for a unit without secrets
# How tomllib tells where it stopped.
_LINE = re.compile(r"\(at line (\d+),")


def settings_path() -> Path:
    return Path(os.environ.get(FILE) or ROOT / "settings.toml")


class SettingsFile(TomlConfigSettingsSource):
    """settings.toml, or what HEARD_SETTINGS names. Raises SettingsMistake; a line of it is told by its number alone."""

    def __init__(self, settings: type[BaseSettings]) -> None:
        path = settings_path()
        if not os.path.isfile(path):  # noqa: PTH113  what lies in a folder that is not ours cannot be seen
            where = f"{FILE} names {path}" if os.environ.get(FILE) else f"The settings are in {path}"
            raise SettingsMistake(f"{where}, and no such file can be seen. Mend the name, or put the file there.")
        super().__init__(settings, path)

    def _read_file(self, file_path: Path | Traversable) -> dict[str, Any]:
        try:
            return tomllib.loads(file_path.read_text(encoding="utf-8-sig"))  # Windows' editors put a mark before it
        except OSError as error:
            raise SettingsMistake(
                f"{file_path} cannot be read: {error.strerror}. Let the user that Heard runs as read it."
            ) from None
        except UnicodeDecodeError:
            raise SettingsMistake(
                f"{file_path} is not written in UTF-8. Save it anew with that encoding, in your editor."
            ) from None
        except tomllib.TOMLDecodeError as error:
            raise SettingsMistake(_slip(file_path, str(error))) from None


def _slip(file: Path | Traversable, said: str) -> str:
    line = found[1] if (found := _LINE.search(said)) else "the last"
    if said.startswith("Cannot "):
        return f"{file}, line {line}: this name was given before. Keep one of the two."
    return (
        f'{file}, line {line}: this cannot be read. Text stands between straight quotes, like "Oakshire Council". '
        "Times are like 09:00:00, and dates like 2026-11-01."
    )


def secrets_folder(plain: PydanticBaseSettingsSource) -> tuple[PydanticBaseSettingsSource, ...]:
    """What HEARD_SECRETS_DIR names, if anything. Raises SettingsMistake: without its secrets it would be a demo."""
    folder = os.environ.get(SECRETS)
    if not folder or (Path(folder).parent == _OF_SYSTEMD and not Path(folder).exists()):
        return ()
    try:
        for file in Path(folder).iterdir():
            if file.is_file():
                file.open("rb").close()
        return (
            NestedSecretsSettingsSource(
                plain, secrets_dir=folder, secrets_prefix=PREFIX, secrets_nested_delimiter="__"
            ),
        )
    except OSError as error:
        raise SettingsMistake(
            f"{SECRETS} names {folder}, and {error.filename} cannot be read: {error.strerror}. "
            "Mend the name, or give the folder and its files to the user that Heard runs as (chown)."
        ) from None
