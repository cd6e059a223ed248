"""How prompts and explanations are read from forms and shown again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from countersign.exercises.kinds import face_of
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from grader.answer import Answer
from grader.exercise import load

COURSES = Path(__file__).parents[2] / "curriculum" / "courses"

pytestmark = pytest.mark.django_db


def version(slug: str) -> ExerciseVersion:
    (path,) = COURSES.glob(f"*/*/{slug}")
    return keep_version(load(path))


def form(fields: dict[str, Any]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in fields.items():
        made.setlist(name, value if isinstance(value, list) else [value])
    return made


@pytest.mark.parametrize(
    ("slug", "fields", "answer"),
    [
        ("tips-for-the-team", {"prompt": "a\r\nb", "prediction": "3"},
         Answer(files={"prompt.md": "a\nb"}, fields={"prediction": 3})),
        ("tips-for-the-team", {"prompt": "a", "prediction": "99", "gap.1": "x"},
         Answer(files={"prompt.md": "a"})),
        ("the-guest-list", {"gap.1": "once", "gap.3": "", "gap.9": "x", "prompt": "x"},
         Answer(fields={"gaps": {"1": "once", "3": ""}})),
        ("running-low", {"place.4": "1", "place.0": "2", "place.1": "²", "place.99": "1"},
         Answer(fields={"order": [4, 0]})),
        ("two-prompts-one-bill", {"choice": "b", "missing": ["hours", "nonsense"]},
         Answer(fields={"missing": ["hours"], "choice": "b"})),
        ("two-prompts-one-bill", {"choice": "c"}, Answer(fields={"missing": []})),
        ("enough-and-once", {"explanation": "It gives…", "predict.limit": " [8] "},
         Answer(fields={"explanation": "It gives…", "predictions": {"limit": "[8]"}})),
    ],
)  # fmt: skip
def test_a_form_is_read_as_its_kind_asks(slug: str, fields: dict[str, Any], answer: Answer) -> None:
    found = version(slug)

    assert face_of(found).answer_from_post(found, form(fields)) == answer


@pytest.mark.parametrize(
    "slug",
    ["tips-for-the-team", "the-guest-list", "running-low", "two-prompts-one-bill",
     "the-rating-that-fell", "parcels-by-weight", "enough-and-once"],
)  # fmt: skip
def test_nothing_written_yet_can_be_shown(slug: str) -> None:
    found = version(slug)
    face = face_of(found)
    (part,) = face.work(found, face.first_answer(found), {})

    assert {"type", "name", "field", "text", "given", "language", "evidence"} <= part.keys()


def test_a_prompt_to_edit_begins_with_the_given_one() -> None:
    found = version("the-rating-that-fell")

    assert "rounded to one" in face_of(found).first_answer(found).files["prompt.md"]


def test_a_learner_is_shown_no_decision_and_no_hidden_case() -> None:
    shown = str(version("tips-for-the-team").shown)

    for hidden in ("refunds", "whole cents", "[31, 2]", "16.66", "subtract"):
        assert hidden not in shown
