"""The face of ``quiz``: a form of questions, and what it shows once they are answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from countersign.exercises.kinds.face import Face
from countersign.exercises.kinds.quiz.form import first_answer, read
from countersign.exercises.kinds.quiz.questions import work

FACE = Face(
    label=_("Questions"),
    icon="circle-help",
    template="learn/kinds/quiz.html",
    handed_in="learn/handed_in/quiz.html",
    first_answer=first_answer,
    read=read,
    work=work,
)
