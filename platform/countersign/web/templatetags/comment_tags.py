"""The tag of a comment's kind, for learners and instructors alike."""

from __future__ import annotations

from django import template

from countersign.coaching.models import CommentKind
from countersign.web.comment_words import KINDS, TAGS

register = template.Library()


@register.inclusion_tag("ui/tag.html")
def kind_tag(kind: str) -> dict[str, object]:
    """How much a comment asks for, in words, with its shape."""
    known = CommentKind(kind)
    look, icon_name = TAGS[known]
    return {"kind": look, "icon_name": icon_name, "label": KINDS[known]}
