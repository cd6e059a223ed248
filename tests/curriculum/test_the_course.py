"""What a lesson promises to its reader, beyond what ``grader check`` proves of exercises."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from grader.authored.exercise import Exercise
from grader.checks.constraints import Constraint
from grader.checks.reading import long_sentences, reading_age
from grader.curriculum import Course, Lesson, Module
from grader.kinds.code.spec import CodeSpec, Requirement
from grader.kinds.quiz.spec import Choose, Predict, QuizSpec
from tests.curriculum.reader import (
    Asked,
    Shown,
    answer_of,
    curriculum,
    lessons,
    outputs_asked,
    outputs_shown,
    printed_by,
    tidy,
)

COURSES = curriculum().courses
MODULES = [module for course in COURSES for module in course.modules]
LESSONS = lessons()
EXERCISES = [placed.exercise for lesson in LESSONS for placed in lesson.exercises]
SHOWN = list(outputs_shown())
ASKED = list(outputs_asked())

LAST_WORDS = re.compile(r"\n## In two lines\n\n- [^\n]+\n- [^\n]+\s*\Z")
QUOTED = re.compile(r"^```(?:prompt|output)$", re.MULTILINE)
OLDEST_READER = 13  # years; the exercises' own check allows one more
SCOLDING = re.compile(
    r"\b(please|sorry|oops|invalid|simply|obviously|easy|easily|of course"
    r"|just(?! enough Python))\b",
    re.IGNORECASE,
)


def _names(things: list[Lesson] | list[Module]) -> list[str]:
    return [thing.slug for thing in things]


def _rules(spec: CodeSpec) -> list[Requirement | Constraint]:
    return [*spec.requirements, *spec.constraints]


def _words_of(exercise: Exercise) -> Iterator[str]:
    """Every sentence of an exercise that a learner may read."""
    yield from (exercise.title, exercise.summary, exercise.brief, *exercise.hints)
    if isinstance(exercise.spec, CodeSpec):
        for rule in _rules(exercise.spec):
            yield from (rule.says, rule.feedback)
        yield from (case.title for case in exercise.spec.cases)
    if isinstance(exercise.spec, QuizSpec):
        for question in exercise.spec.questions:
            yield from (question.ask, question.explain)
            if isinstance(question, Choose):
                for option in question.options:
                    yield from (option.text, option.why)
            if isinstance(question, Predict):
                yield from (typical.why for typical in question.feedback)


def _feedback() -> Iterator[tuple[str, str]]:
    """The title of each code exercise with each line of its feedback."""
    for exercise in EXERCISES:
        if isinstance(exercise.spec, CodeSpec):
            for rule in _rules(exercise.spec):
                yield exercise.title, rule.feedback


@pytest.mark.parametrize("lesson", LESSONS, ids=_names(LESSONS))
class TestALesson:
    def test_it_asks_for_a_prediction(self, lesson: Lesson) -> None:
        assert "\n```predict\n" in lesson.body

    def test_it_ends_with_two_lines_that_sum_it_up(self, lesson: Lesson) -> None:
        assert LAST_WORDS.search(lesson.body)

    def test_it_shows_work_that_goes_wrong_and_its_repair(self, lesson: Lesson) -> None:
        """Programs with what they print; or, away from code, what was asked and what came."""
        programs = [shown for shown in SHOWN if shown.lesson == lesson.slug]
        quoted = QUOTED.findall(lesson.body)

        assert len(programs) >= 2 or len(quoted) >= 2

    def test_it_says_why_the_idea_matters_at_work(self, lesson: Lesson) -> None:
        assert "\n## Why it matters at work\n" in lesson.body

    def test_it_takes_no_more_than_a_short_sitting(self, lesson: Lesson) -> None:
        assert 4 <= lesson.minutes <= 12

    def test_a_newcomer_can_read_it(self, lesson: Lesson) -> None:
        age = reading_age(lesson.body)

        assert long_sentences(lesson.body) == []
        assert age is not None
        assert age <= OLDEST_READER

    def test_it_does_not_scold(self, lesson: Lesson) -> None:
        assert SCOLDING.findall(lesson.body) == []


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.title)
class TestAnExercise:
    def test_none_of_its_sentences_is_long(self, exercise: Exercise) -> None:
        long = [sentence for words in _words_of(exercise) for sentence in long_sentences(words)]

        assert long == []

    def test_it_does_not_scold(self, exercise: Exercise) -> None:
        assert [words for words in _words_of(exercise) if SCOLDING.search(words)] == []


@pytest.mark.parametrize(("title", "feedback"), list(_feedback()))
def test_feedback_leaves_the_learner_with_a_question(title: str, feedback: str) -> None:
    assert feedback.endswith("?"), title


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.lesson)
def test_what_a_lesson_says_is_printed_is_printed(shown: Shown) -> None:
    assert printed_by(shown.program) == tidy(shown.text)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.lesson)
def test_the_right_prediction_is_what_the_program_does(asked: Asked) -> None:
    answer = answer_of(asked.program)

    assert asked.right == answer
    assert answer not in asked.wrong


@pytest.mark.parametrize("module", MODULES, ids=_names(MODULES))
def test_a_module_ends_with_work_done_alone(module: Module) -> None:
    exercises = [placed.exercise for lesson in module.lessons for placed in lesson.exercises]
    alone = [exercise for exercise in exercises if not exercise.aided]

    assert alone
    assert exercises[-len(alone) :] == alone


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.slug)
def test_a_course_takes_as_long_as_its_parts(course: Course) -> None:
    lessons = [lesson for module in course.modules for lesson in module.lessons]
    parts = sum(lesson.minutes for lesson in lessons) + sum(
        placed.exercise.minutes for lesson in lessons for placed in lesson.exercises
    )

    assert abs(course.minutes - parts) <= 10


def test_few_exercises_can_be_tried_without_an_account() -> None:
    """The first page shows one of them, so there is one, and it takes a minute or two."""
    open_to_all = [exercise for exercise in EXERCISES if exercise.open]

    assert 1 <= len(open_to_all) <= 2
    assert all(exercise.minutes <= 2 for exercise in open_to_all)
