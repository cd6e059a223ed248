"""A learner's judged work, from hand-in to figures."""

from __future__ import annotations

from uuid import uuid4

from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.grading import services as grading
from countersign.learning.judgement import judged_work, judgement, to_practise
from countersign.learning.models import ItemDifficulty
from countersign.learning.practise import Trouble
from countersign.learning.services import graded_work
from countersign.learning.services.difficulty import measure
from grader.answer import Answer
from grader.exercise import from_files
from tests.cast import Cast, a_version, person
from tests.quiz import quiz_files
from tests.work import graded, newest_run


def a_quiz() -> ExerciseVersion:
    return keep_version(from_files(quiz_files()))


def answer_quiz(people: Cast, version: ExerciseVersion, *, name: str, sure: str) -> None:
    """Hand in a quiz of which only one question is answered, and have it graded."""
    answer = Answer(fields={"name": {"answer": name, "sure": sure}})
    receipt = grading.hand_in(
        enrolment=people.ada_place, version=version, answer=answer, key=uuid4()
    )
    grading.grade_run(newest_run(receipt.submission).pk)


def test_how_sure_somebody_was_is_read_from_their_first_try(people: Cast) -> None:
    quiz = a_quiz()
    answer_quiz(people, quiz, name="a", sure="certain")
    answer_quiz(people, quiz, name="b", sure="certain")

    found = judgement(judged_work(people.ada))

    assert [(each.sure, each.right) for each in found.answers] == [("certain", False)]
    assert found.brier == 0.9025


def test_wrong_and_certain_comes_back(people: Cast) -> None:
    quiz = a_quiz()
    answer_quiz(people, quiz, name="a", sure="certain")

    (due,) = to_practise(judged_work(people.ada))

    assert (due.exercise, due.why) == (quiz.exercise_id, Trouble.CERTAIN)


def test_nobody_reads_the_work_of_others(people: Cast) -> None:
    answer_quiz(people, a_quiz(), name="a", sure="certain")

    assert judged_work(people.zoe) == []
    assert judged_work(person("new")) == []


def test_an_exercise_is_measured_by_first_tries(people: Cast) -> None:
    hard, easy = a_version(), a_version()
    for version, score in ((hard, 0.0), (easy, 100.0)):
        graded(people.ada_place, version, score)
        graded(people.ada_place, version, 100.0)
    measure()

    found = {each.exercise_id: each for each in ItemDifficulty.objects.all()}
    assert found[hard.exercise_id].difficulty > 0 > found[easy.exercise_id].difficulty
    assert found[hard.exercise_id].tries == 1
    assert {work.difficulty for work in graded_work(people.ada_place)} == {
        each.difficulty for each in found.values()
    }


def test_measuring_twice_changes_nothing(people: Cast) -> None:
    graded(people.ada_place, people.version, 40.0)

    assert (measure(), measure()) == (1, 1)
