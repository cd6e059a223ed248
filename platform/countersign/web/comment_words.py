"""What the kinds of comment are called on pages, and how their tags look."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from countersign.coaching.models import CommentKind

KINDS = {
    CommentKind.ESSENTIAL: gettext_lazy("Has to change"),
    CommentKind.ACTIONABLE: gettext_lazy("Worth changing"),
    CommentKind.INFORMATIVE: gettext_lazy("Good to know"),
    CommentKind.CELEBRATORY: gettext_lazy("Well done"),
}
TAGS = {
    CommentKind.ESSENTIAL: ("fail", "circle-alert"),
    CommentKind.ACTIONABLE: ("warn", "pencil"),
    CommentKind.INFORMATIVE: ("info", "info"),
    CommentKind.CELEBRATORY: ("pass", "check"),
}
