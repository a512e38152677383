"""Where the house's own files are, for the rules that read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("bot", "console", "bank", "flows", "channels", "language", "storage")
_NOT_OURS = frozenset({"node_modules", "__pycache__", ".venv", ".git", "var", "out", "assets"})


def files(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> list[Path]:
    """Our files under these folders of the checkout, oldest room first, by name."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in suffixes and not _NOT_OURS & set(path.relative_to(ROOT).parts)
    ]


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *files("docs", suffixes=(".md",))])


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def named(path: Path, line: int = 0) -> str:
    """How a failing rule speaks of a place."""
    return f"{path.relative_to(ROOT)}{f':{line}' if line else ''}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node
