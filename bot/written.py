"""Written: a TOML file that somebody hands to a command, checked; what is wrong is one plain sentence."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.settings import SettingsMistake

M = TypeVar("M", bound=BaseModel)


def read(path: Path, model: type[M]) -> M:
    """What is in the file. Raises SettingsMistake where it cannot be read, or is not as `model` wants it."""
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError:
        raise SettingsMistake(f"The file {path} cannot be read.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsMistake(f"The file {path} is not TOML: {error}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsMistake(f"In the file {path}, {where}: {first['msg']}.") from None
