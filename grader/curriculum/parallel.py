"""Whether the two forms of a skill check measure the same: item by item alike, and taken alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.authored.exercise import Exercise
from grader.kinds.quiz.spec import AnyQuestion, QuizSpec

Complaint = tuple[str, str]
"""A message and a remedy."""


def unparallel(forms: Sequence[Exercise]) -> Iterator[Complaint]:
    """What keeps these forms from being compared."""
    for form in forms:
        yield from _unfit(form)
    specs = [form.spec for form in forms if isinstance(form.spec, QuizSpec)]
    if len(specs) == len(forms) == 2:
        yield from _unlike(specs[0].questions, specs[1].questions)


def _unfit(form: Exercise) -> Iterator[Complaint]:
    if not isinstance(form.spec, QuizSpec):
        yield f"The form “{form.title}” is no quiz.", "Write it as `kind: quiz`."
        return
    if form.aided:
        yield f"The form “{form.title}” allows help.", "Add `aided: false`."
    if form.open:
        yield f"Anyone may try the form “{form.title}”.", "Take `open` out."
    for question in form.spec.questions:
        if not question.skills:
            yield f"The item “{question.id}” names no skill.", "Add `skills: [...]`."


def _unlike(first: Sequence[AnyQuestion], second: Sequence[AnyQuestion]) -> Iterator[Complaint]:
    if len(first) != len(second):
        yield "The forms have different numbers of items.", "Make them alike."
        return
    for at, (one, other) in enumerate(zip(first, second, strict=True), start=1):
        if _shape(one) != _shape(other):
            yield (
                f"Item {at} differs between the forms in type, skills or weight.",
                "Make both alike.",
            )


def _shape(question: AnyQuestion) -> tuple[str, tuple[str, ...], int]:
    return question.type, tuple(sorted(question.skills)), question.weight
