"""The small tags that the shared templates are built from. docs/look.md shows each in use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django import forms, template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BoundField
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from countersign.common import highlight

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


@dataclass(frozen=True)
class Row:
    """One line of listed code; `flag` is the class that the stylesheet marks it with."""

    number: int
    html: SafeString
    flag: str


@register.simple_tag
def code_lines(
    source: str,
    *,
    language: str = "",
    flagged: Iterable[int] | Mapping[int, str] | str = (),
    first: int | str = 1,
    keep: bool = False,
) -> list[Row]:
    """Lines with their numbers. `flagged` is line numbers, or a class for each: `{7: "look"}`.

    Line ends at the end are dropped, unless `keep` says that this is a piece of a larger text.
    """
    flags = flagged if isinstance(flagged, Mapping) else {int(line): "look" for line in flagged}
    listed = highlight.lines(source if keep else source.rstrip("\n"), language or "python")
    return [
        Row(number, html, flags.get(number, ""))
        for number, html in enumerate(listed, start=int(first or 1))
    ]


@register.filter
def cells(passed: int, total: int) -> list[bool]:
    """One cell per check for `ui/meter.html`: the passed ones first."""
    return [at < passed for at in range(total)]


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """A Django form field's widget in the product's clothes."""
    return field.as_widget(attrs={"class": "in"})


@register.filter
def is_choice_group(field: BoundField) -> bool:
    """Whether the field is several boxes under one question."""
    return isinstance(field.field.widget, forms.RadioSelect)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the field is a single box with its words beside it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def error_links(form: BaseForm) -> list[dict[str, str]]:
    """A form's errors for `ui/error_summary.html`, each with the field that it is about."""
    return [
        {"text": str(text), "href": "" if name == NON_FIELD_ERRORS else _place(form[name])}
        for name, texts in form.errors.items()
        for text in texts
    ]


def _place(field: BoundField) -> str:
    """Where a field begins: a group of choices has no id of its own, its first choice has."""
    return f"#{field.id_for_label or f'{field.auto_id}_0'}"


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
