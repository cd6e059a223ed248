"""The small tags that the shared templates are built from. docs/look.md shows each in use."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

THEMES = ("light", "dark")


class UnknownIcon(LookupError):
    """A template asked for an icon that the sprite doesn't hold."""


@cache
def icon_names() -> frozenset[str]:
    """The icons in static/icons.svg, which `npm run build` makes from frontend/icons.txt."""
    sprite = finders.find("icons.svg")
    if not isinstance(sprite, str):
        raise UnknownIcon("static/icons.svg is missing: run `npm run build` in frontend/.")
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', Path(sprite).read_text("utf-8")))


@register.simple_tag
def icon(name: str, *, label: str = "", extra: str = "") -> SafeString:
    """An icon from the sprite. Without a label it is decoration, and hidden from screen readers."""
    if name not in icon_names():
        raise UnknownIcon(f"No icon “{name}”. Name it in frontend/icons.txt and build again.")
    voice = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="ic{}" {}><use href="{}#{}"></use></svg>',
        f" {extra}" if extra else "",
        mark_safe(voice),  # noqa: S308 (built from a constant or by format_html, one line above)
        static("icons.svg"),
        name,
    )


@register.simple_tag
def brand() -> str:
    """The product's name."""
    return settings.BRAND


@register.simple_tag(takes_context=True)
def theme(context: Context) -> SafeString:
    """The chosen theme as an attribute of <html>, so that the first paint is already right."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return format_html(' data-theme="{}"', chosen) if chosen in THEMES else SafeString("")


@register.filter
def initials(name: str) -> str:
    """Two letters for an avatar: `Ines Okafor` is IO, `ada@example.org` is A."""
    words = name.split("@", maxsplit=1)[0].split() or ["?"]
    chosen = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


class PartNode(Node):
    """Renders a template with a body: the block form of `include … only`."""

    def __init__(
        self, path: FilterExpression, arguments: dict[str, FilterExpression], body: NodeList
    ) -> None:
        self.path = path
        self.arguments = arguments
        self.nodelist = body

    def render(self, context: Context) -> SafeString:
        path: str = self.path.resolve(context)
        engine = context.template.engine  # type: ignore[union-attr]  # set while rendering
        inner = {name: value.resolve(context) for name, value in self.arguments.items()}
        inner["body"] = self.nodelist.render(context)
        return engine.get_template(path).render(context.new(inner))


@register.tag
def part(parser: Parser, token: Token) -> PartNode:
    """`{% part "ui/note.html" kind="warn" %}…{% endpart %}`: what stands between is `body`."""
    _, path, *words = token.split_contents()
    arguments = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError(f"part takes name=value arguments, not {words[0]!r}.")
    body = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(parser.compile_filter(path), arguments, body)
