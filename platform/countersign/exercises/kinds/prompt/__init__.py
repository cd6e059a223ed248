"""The face of ``prompt``: a text, or the parts that a prompt is put together from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from countersign.exercises.kinds.face import Face
from countersign.exercises.kinds.prompt.form import first_answer, read
from countersign.exercises.kinds.prompt.parts import work

FACE = Face(
    label=_("Prompt exercise"),
    icon="message-square-text",
    template="learn/kinds/prompt.html",
    first_answer=first_answer,
    read=read,
    work=work,
)
