"""The face of ``chain``: a prompt, its output, the review of it, the decision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from countersign.exercises.kinds.chain.form import first_answer, read
from countersign.exercises.kinds.chain.parts import work
from countersign.exercises.kinds.face import Face

FACE = Face(
    label=_("From prompt to decision"),
    icon="link",
    template="learn/kinds/chain.html",
    handed_in="learn/handed_in/chain.html",
    first_answer=first_answer,
    read=read,
    work=work,
)
