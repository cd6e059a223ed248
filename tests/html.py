"""Small checks of a page's source: is every element closed, is every id its own?"""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
}  # fmt: skip


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            line, column = self.getpos()
            self.wrong.append(f"</{tag}> at line {line}, column {column}")


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def unclosed(html: str) -> list[str]:
    """Elements that are closed out of turn or not at all."""
    reader = _read(html)
    return reader.wrong[:3] + reader.open


def ids_twice(html: str) -> list[str]:
    """Ids that stand on more than one element."""
    return [name for name, times in Counter(_read(html).ids).items() if times > 1]
