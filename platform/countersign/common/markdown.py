"""Markdown to HTML that is safe to show, whoever wrote it.

HTML in the source is off, the result passes an allow-list, code is coloured with classes
(the content policy forbids inline styles).
"""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

TAGS = {
    "p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td", "a", "img", "hr", "br", "span", "div",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "code": {"class"},
    "pre": {"class", "tabindex"},
    "span": {"class"},
    "div": {"class"},
    "th": {"scope"},
    "ol": {"start"},
}


def coloured(code: str, language: str) -> str:
    """Spans with classes for one block of code; plain text for a language nobody knows."""
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False)
    return highlight(code, lexer, HtmlFormatter(nowrap=True, classprefix="hl-"))


def _block(code: str, language: str, _attributes: str) -> str:
    return f'<pre class="code" tabindex="0"><code>{coloured(code, language)}</code></pre>'


_parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "highlight": _block}).enable(
    "table"
)


def render(source: str) -> SafeString:
    """Safe HTML of a Markdown text."""
    html = nh3.clean(
        _parser.render(source),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )
    return mark_safe(html)  # noqa: S308 -- it has just passed the allow-list
