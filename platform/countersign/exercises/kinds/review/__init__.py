"""The face of ``review``: a listing whose lines are marked, comments on them, and a call."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from countersign.exercises.kinds.face import Face
from countersign.exercises.kinds.review.form import first_answer, read
from countersign.exercises.kinds.review.listing import work

FACE = Face(
    label=_("Review"),
    icon="scan-search",
    template="learn/kinds/review.html",
    handed_in="learn/handed_in/review.html",
    first_answer=first_answer,
    read=read,
    work=work,
)
