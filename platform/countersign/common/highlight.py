"""Source code as lines of marked-up HTML, with the five classes that the stylesheet colours."""

from __future__ import annotations

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "c"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (String, "s"),
    (Number, "m"),
    (Name.Function, "f"),
    (Name.Class, "f"),
)


def lines(source: str, language: str = "python") -> list[SafeString]:
    """One safe piece of HTML per line. An unknown language is shown without colours."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [conditional_escape(line) for line in source.split("\n")]
    pieces: list[list[str]] = [[]]
    for kind, text in lexer.get_tokens(source):
        for at, line in enumerate(text.split("\n")):
            if at:
                pieces.append([])
            if line:
                pieces[-1].append(_marked(kind, line))
    return [mark_safe("".join(line)) for line in pieces]  # noqa: S308 (each piece is escaped)


def _marked(kind: _TokenType, text: str) -> SafeString:
    for family, name in CLASSES:
        if kind is family or family in kind.split():
            return format_html('<span class="{}">{}</span>', name, text)
    return conditional_escape(text)
