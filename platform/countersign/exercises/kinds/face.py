"""What every kind's face can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

FILES = "learn/handed_in/files.html"
"""For answers that are named texts."""

LARGEST_ANSWER = 512 * 1024
"""In bytes. More than any kind grades; what is larger is not even stored."""


class AnswerTooLarge(Exception):
    """More was typed than is taken in. ``answer`` is what was typed."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("The answer is too large.")
        self.answer = answer


@dataclass(frozen=True, kw_only=True)
class Face:
    """How a kind of exercise meets a learner.

    ``work(version, answer, revealed)`` is what the kind's template shows of an answer;
    ``revealed`` is what a verdict lets the learner see of it, empty before there is one.
    ``handed_in`` is the template that shows an answer to read, not to change.
    """

    label: Promise
    icon: str
    template: str
    first_answer: Callable[[ExerciseVersion], Answer]
    read: Callable[[ExerciseVersion, QueryDict], Answer]
    work: Callable[[ExerciseVersion, Answer, Mapping[str, Any]], list[dict[str, Any]]]
    handed_in: str = FILES

    def answer_from_post(self, version: ExerciseVersion, post: QueryDict) -> Answer:
        """The answer that a form holds. Raises AnswerTooLarge."""
        answer = self.read(version, post)
        if _size(answer) > LARGEST_ANSWER:
            raise AnswerTooLarge(answer)
        return answer


def _size(answer: Answer) -> int:
    return sum(len(text.encode(errors="replace")) for text in _texts(answer.as_json()))


def _texts(value: Any) -> Iterator[str]:
    """Every text in JSON values, the names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield name
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def typed(text: str) -> str:
    """What was typed in a form, with the line ends that files have."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
