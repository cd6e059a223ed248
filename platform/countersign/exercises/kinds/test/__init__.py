"""The face of ``test``: a test file or a table of calls, beside the program that is tested."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from countersign.exercises.kinds.face import Face
from countersign.exercises.kinds.test.form import first_answer, read, work

FACE = Face(
    label=_("Tests"),
    icon="list-checks",
    template="learn/kinds/test.html",
    handed_in="learn/handed_in/test.html",
    first_answer=first_answer,
    read=read,
    work=work,
)
