"""The face of ``decide``: an analysis beside its data, and a memo to fill in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from countersign.exercises.kinds.decide.form import first_answer, read
from countersign.exercises.kinds.decide.memo import work
from countersign.exercises.kinds.face import Face

FACE = Face(
    label=_("Decision"),
    icon="scale",
    template="learn/kinds/decide.html",
    handed_in="learn/handed_in/decide.html",
    first_answer=first_answer,
    read=read,
    work=work,
)
