"""A page as somebody reads it without a script: its words, its links, and its forms as they stand filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "title", "option"})
Given = dict[str, str | list[str]]


@dataclass
class Form:
    """`fields` as they would be sent; `buttons` by what stands on them: what each adds."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)

    def filled(self, button: str, given: Given) -> Given:
        """What is sent when that button is pressed, with these filled in otherwise. Raises KeyError for no field."""
        name, value = self.buttons[button]
        sent: Given = {one: list(found) for one, found in self.fields.items()}
        if unknown := given.keys() - sent.keys():
            raise KeyError(f"this form has no {sorted(unknown)}: it has {sorted(sent)}")
        return sent | given | ({name: value} if name else {})


class Page(HTMLParser):
    """`words` is what its own part says, on one line; `links` are where its words lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        # What is sent for each choice, by what it says; the first that says so.
        self.choices: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._words: list[str] = []
        self._main, self._silent = 0, 0
        self._catching: list[tuple[str, dict[str, str], list[str]]] = []
        self._select: str = ""
        self._first: str | None = None
        self.feed(html)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._words).split())

    def form_with(self, button: str) -> Form:
        """Raises LookupError where there is no such button."""
        for form in self.forms:
            if button in form.buttons:
                return form
        there = sorted(name for form in self.forms for name in form.buttons)
        raise LookupError(f'there is no button "{button}": there are {there}')

    def link(self, words: str, to: str = "") -> str:
        """Where the first link with these words, and an address that begins so, leads. Raises LookupError."""
        for said, where in self.links.items():
            if words in said and where.startswith(to) and where != to:
                return where
        raise LookupError(f'no link says "{words}": there are {sorted(self.links)}')

    def value(self, label: str) -> str:
        """What is sent for the choice with this label, or whose label goes on after a comma. Raises LookupError."""
        for said, value in self.choices.items():
            if said == label or said.startswith(f"{label},"):
                return value
        raise LookupError(f'there is no choice "{label}": there are {sorted(self.choices)}')

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._main += tag == "main"
        self._silent += tag in _SILENT
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag in {"a", "button", "textarea", "label", "option"}:
            self._catching.append((tag, given, []))
        elif tag == "select":
            self._select, self._first = given.get("name", ""), None
            self._put(self._select, None)
        if tag == "option":
            self._first = given.get("value", "") if self._first is None else self._first
            self._put(self._select, given.get("value", "") if "selected" in given else None)
        if tag == "input":
            self._input(given)

    def handle_endtag(self, tag: str) -> None:
        self._main -= tag == "main"
        self._silent -= tag in _SILENT
        if tag == "select" and self.forms and not self.forms[-1].fields.get(self._select):
            self._put(self._select, self._first)  # as a browser sends it where nothing was chosen
        if self._catching and self._catching[-1][0] == tag:
            _tag, given, caught = self._catching.pop()
            self._caught(tag, given, caught)

    def handle_data(self, data: str) -> None:
        for _tag, _given, caught in self._catching:
            caught.append(data)
        if self._main and not self._silent:
            self._words.append(data)

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if kind == "submit" and self.forms:
            self.forms[-1].buttons.setdefault(given.get("value", ""), (name, given.get("value", "")))
        elif kind in {"radio", "checkbox"}:
            self._values[given.get("id", "")] = given.get("value", "on")
            self._put(name, given.get("value", "on") if "checked" in given else None)
        else:
            self._put(name, given.get("value", ""))

    def _put(self, name: str, value: str | None) -> None:
        if self.forms and name:
            values = self.forms[-1].fields.setdefault(name, [])
            values += [value] if value is not None else []

    def _caught(self, tag: str, given: dict[str, str], caught: list[str]) -> None:
        text = "".join(caught)
        said = " ".join(text.split())
        if tag == "textarea":
            self._put(given.get("name", ""), text.removeprefix("\n"))
        elif tag == "button" and self.forms:
            self.forms[-1].buttons.setdefault(said, (given.get("name", ""), given.get("value", "")))
        elif tag == "a" and "href" in given:
            self.links.setdefault(said, given["href"])
        elif tag == "option":
            self.choices.setdefault(said, given.get("value", said))
        elif tag == "label" and given.get("for") in self._values:
            self.choices.setdefault(said, self._values[given["for"]])
