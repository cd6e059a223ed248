"""Tags of the pages on which exercises are written."""

from __future__ import annotations

from django import template

from countersign.exercises.kinds import FACES

register = template.Library()


@register.filter
def kind_label(kind: str) -> str:
    """“Code exercise” for ``code``; the word itself for a kind without a face."""
    return str(FACES[kind].label) if kind in FACES else kind
