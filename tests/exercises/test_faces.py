"""Every kind has a face that reads forms and shows answers."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from countersign.exercises.kinds import FACES, AnswerTooLarge, face_of
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from grader.exercise import from_files
from grader.kinds import KINDS
from tests.cast import STARTER, a_version
from tests.quiz import quiz_files


def form(**fields: str | list[str]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in fields.items():
        made.setlist(name, value if isinstance(value, list) else [value])
    return made


@pytest.fixture
def quiz(db: None) -> ExerciseVersion:
    return keep_version(from_files(quiz_files()))


def test_every_kind_that_is_judged_has_a_face() -> None:
    assert FACES.keys() == KINDS.keys()


@pytest.mark.django_db
def test_code_begins_with_the_files_that_were_given() -> None:
    version = a_version()
    assert face_of(version).first_answer(version).files == {"solution.py": STARTER}


@pytest.mark.django_db
def test_line_ends_of_a_browser_become_those_of_a_file() -> None:
    version = a_version()
    answer = face_of(version).answer_from_post(version, form(**{"file:solution.py": "a\r\nb\r\n"}))
    assert answer.files == {"solution.py": "a\nb\n"}


@pytest.mark.django_db
def test_a_file_that_was_not_given_is_not_read() -> None:
    version = a_version()
    posted = form(**{"file:solution.py": "a", "file:../../etc/passwd": "x", "key": "k"})
    assert set(face_of(version).answer_from_post(version, posted).files) == {"solution.py"}


@pytest.mark.django_db
def test_more_text_than_is_taken_in_is_refused_with_what_was_typed() -> None:
    version = a_version()
    with pytest.raises(AnswerTooLarge) as refusal:
        face_of(version).answer_from_post(version, form(**{"file:solution.py": "a" * 600_000}))
    assert len(refusal.value.answer.files["solution.py"]) == 600_000


def test_each_type_of_question_is_read_from_its_fields(quiz: ExerciseVersion) -> None:
    answer = face_of(quiz).answer_from_post(
        quiz,
        form(
            **{
                "name": "b",
                "name.sure": "certain",
                "prints": "5\r\n",
                "lines.place.0": "2",
                "lines.place.1": "",
                "lines.place.2": "1",
                "gaps.gap.1": "==",
            }
        ),
    )
    assert answer.fields["name"] == {"answer": "b", "sure": "certain"}
    assert answer.fields["prints"] == {"answer": "5\n"}
    assert answer.fields["lines"] == {"answer": [2, 0]}
    assert answer.fields["gaps"] == {"answer": {"1": "=="}}


def test_what_no_question_asks_is_not_read(quiz: ExerciseVersion) -> None:
    posted = form(**{"name": "nonsense", "name.sure": "very", "other": "x", "lines.place.0": "²"})
    assert face_of(quiz).answer_from_post(quiz, posted).fields == {}


def test_questions_without_a_verdict_show_no_key(quiz: ExerciseVersion) -> None:
    face = face_of(quiz)
    questions = face.work(quiz, face.first_answer(quiz), {})
    assert [question["verdict"] for question in questions] == [None] * 4
    assert "canary" not in str(questions)
