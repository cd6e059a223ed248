"""Markdown to HTML that is safe to show, whoever wrote it.

HTML in the source is off, the result passes an allow-list, code is coloured with classes
(the content policy forbids inline styles).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from countersign.common import highlight

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


def _block(code: str, language: str, _attributes: str) -> str:
    coloured = "\n".join(highlight.lines(code, language or "text"))
    return f'<pre class="code" tabindex="0"><code>{coloured}</code></pre>'


_parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "highlight": _block}).enable(
    "table"
)


def render(source: str) -> SafeString:
    """Safe HTML of a Markdown text."""
    return _clean(_parser.render(source), ATTRIBUTES)


def render_inline(source: str) -> SafeString:
    """Safe HTML of one line of Markdown, without a paragraph around it."""
    return _clean(_parser.renderInline(source), ATTRIBUTES)


@dataclass(frozen=True)
class Heading:
    """A second-level heading and the anchor that a link to it needs."""

    anchor: str
    title: str


def render_with_anchors(source: str) -> tuple[SafeString, list[Heading]]:
    """Safe HTML whose second-level headings can be linked to, and those headings in order."""
    tokens = _parser.parse(source)
    headings = [
        _anchored(opening, words)
        for opening, words in pairwise(tokens)
        if opening.type == "heading_open" and opening.tag == "h2"
    ]
    html = _parser.renderer.render(tokens, _parser.options, {})
    return _clean(html, ATTRIBUTES | {"h2": {"id"}}), headings


def _anchored(opening: Token, words: Token) -> Heading:
    title = "".join(part.content for part in words.children or ())
    anchor = f"part-{slugify(title) or 'x'}"
    opening.attrSet("id", anchor)
    return Heading(anchor, title)


def _clean(html: str, attributes: dict[str, set[str]]) -> SafeString:
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=attributes,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )
    return mark_safe(cleaned)  # noqa: S308 -- it has just passed the allow-list
