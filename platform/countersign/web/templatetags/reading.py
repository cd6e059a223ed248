"""What a page says before one opens something: how long it takes, what it asks."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from countersign.common import markdown

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """`45` → 45 min, `60` → 1 h, `150` → 2 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)d min") % {"n": rest}
    if not rest:
        return _("%(n)d h") % {"n": hours}
    return _("%(hours)d h %(rest)d min") % {"hours": hours, "rest": rest}


@register.filter
def brief(source: str) -> SafeString:
    """An exercise's brief without its first heading, which the page shows itself."""
    first, _newline, rest = source.lstrip().partition("\n")
    return markdown.render(rest if first.startswith("# ") else source)
