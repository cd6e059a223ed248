"""Moments as people say them: a clock time today, a date on other days."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from countersign.common import clock

register = template.Library()


@register.filter
def when(moment: datetime | None) -> SafeString | str:
    """`14:06` today, `12 November` this year, `12 November 2025` before; empty for None."""
    if moment is None:
        return ""
    here, today = timezone.localtime(moment), timezone.localtime(clock.now())
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), _words(here, today))


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """Date and time to the second, for staff; empty for None."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    words = f"{formats.date_format(here, 'SHORT_DATE_FORMAT')} {here:%H:%M:%S}"
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), words)


def _words(here: datetime, today: datetime) -> str:
    if here.date() == today.date():
        return formats.date_format(here, "H:i")
    return formats.date_format(
        here, "MONTH_DAY_FORMAT" if here.year == today.year else "DATE_FORMAT"
    )
