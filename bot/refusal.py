"""How Heard says that it cannot go on: what is wrong, then what to do, on one line. No secret, and no traceback."""

from __future__ import annotations

import errno

from bot.keys import WrongKeys
from bot.mistake import SettingsMistake
from storage.keys import KeysUnusable
from storage.migrate import DatabaseNewer, NotUnicode
from storage.store import Away
from storage.why_away import Why, why

_URL = "database.url (HEARD_DATABASE__URL)"
_FILE = f"The file of the database (heard.db in the data folder, or what {_URL} names)"
_CHOWN = "Give it, and the folder it is in, to the user that Heard runs as (chown)."
AWAY = f"The database cannot be reached. Check {_URL}, and that it runs."
DATABASE = {
    Why.PASSWORD: f"PostgreSQL does not accept the user name or the password. Check both in {_URL}.",
    Why.NO_DATABASE: f"PostgreSQL has no such database or user. Make it there, or mend the name in {_URL}.",
    Why.NO_RIGHTS: "PostgreSQL does not let Heard make its tables. Make Heard's user the owner of the database "
    "(ALTER DATABASE ... OWNER TO ...).",
    Why.NO_MACHINE: f"The machine that {_URL} names cannot be found. Check its name.",
    Why.NO_ANSWER: f"No PostgreSQL answers at the address in {_URL}. Start it, or mend the address.",
    Why.OPTION: f"{_URL} has an option after the ? that PostgreSQL does not know. Mend it, or take it out.",
    Why.NO_ROOM: "The disk is full. Make room, then run the same command again.",
    Why.NOT_OURS: f"{_FILE} is damaged, or is something else. Put back your last copy, or name another file.",
    Why.READ_ONLY: f"{_FILE} cannot be written to. {_CHOWN}",
    Why.HELD: f"{_FILE} is held by another program. Stop that, then run the same command again.",
    Why.CANNOT_OPEN: f"{_FILE} cannot be opened. {_CHOWN}",
}
_OTHER_DATABASE: dict[type[Exception], str] = {
    DatabaseNewer: "Start the newer version, or restore the copy that was made before it.",
    NotUnicode: "Make another with ENCODING 'UTF8' and TEMPLATE template0, and name that.",
}


def words(error: BaseException) -> str | None:
    """None for what is no mistake in the setting up: that is a fault of ours, and its traceback is needed."""
    if isinstance(error, (SettingsMistake, WrongKeys)):
        return str(error)
    if isinstance(error, KeysUnusable):
        return _keys(error)
    if isinstance(error, (DatabaseNewer, NotUnicode)):
        return _sentences(error, _OTHER_DATABASE[type(error)])
    known = why(error)
    if known is not None:
        return DATABASE[known]
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return DATABASE[Why.NO_ROOM]
    return AWAY if isinstance(error, Away) else None


def _keys(error: KeysUnusable) -> str:
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.errno == errno.ENOSPC:
        return DATABASE[Why.NO_ROOM]
    if isinstance(cause, OSError) and cause.errno != errno.ENOENT:
        return _sentences(error, _CHOWN)
    return _sentences(error, "Put back the copy of it that you keep apart from the database.")


def _sentences(what_is_wrong: BaseException, what_to_do: str) -> str:
    said = str(what_is_wrong)
    return f"{said[0].upper()}{said[1:]}. {what_to_do}" if not said.startswith("/") else f"{said}. {what_to_do}"
