"""The curriculum's folders, and how a mistake in them is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.curriculum import Curriculum, load_curriculum
from tests.grader.examples import EXERCISES, example

SKILLS = """
- {id: read.trace, competency: Interpret outputs, title: predict, evidence: it equals}
- {id: review.logic, competency: Identify errors, title: boundaries, evidence: found}
"""
COURSE = """
uuid: 3b0f6a52-58d7-4d0c-9a43-4f2f5ad0c201
title: First steps
summary: Read before you write.
order: 1
minutes: 60
starts_from_zero: true
skills: [read.trace]
needs: Nothing.
"""
MODULE = """
uuid: 3b0f6a52-58d7-4d0c-9a43-4f2f5ad0c202
title: Names
summary: Names and values.
"""
LESSON = """---
uuid: 3b0f6a52-58d7-4d0c-9a43-4f2f5ad0c203
title: A name keeps one value
minutes: 10
order: 1
skills: [read.trace]
needs: []
exercises: [doubling]
---

A name keeps one value.

```predict
ask: What does it print?
options:
  - {text: "1", correct: true, why: It is one.}
  - {text: "2", why: It is not two.}
```
"""
MODULE_FOLDER = "courses/first-steps/01-names"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound little curriculum."""
    write(tmp_path, "skills.yaml", SKILLS)
    write(tmp_path, "courses/first-steps/course.yaml", COURSE)
    write(tmp_path, f"{MODULE_FOLDER}/module.yaml", MODULE)
    write(tmp_path, f"{MODULE_FOLDER}/one-value.md", LESSON)
    for path, text in example("doubling").files.items():
        write(tmp_path, f"{MODULE_FOLDER}/doubling/{path}", text)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text.lstrip(), encoding="utf-8")


def change(root: Path, name: str, old: str, new: str) -> list[str]:
    """The problems after one text is replaced in one file."""
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return problems(load_curriculum(root))


def problems(curriculum: Curriculum) -> list[str]:
    return [str(problem) for problem in curriculum.problems]


def test_a_sound_curriculum_is_read_whole(root: Path) -> None:
    curriculum = load_curriculum(root)

    assert problems(curriculum) == []
    (course,) = curriculum.courses
    (module,) = course.modules
    (lesson,) = module.lessons
    assert (course.slug, module.slug, lesson.slug) == ("first-steps", "names", "one-value")
    assert module.position == 1
    assert lesson.body.strip().startswith("A name keeps one value.")
    assert lesson.exercises[0].slug == "doubling"
    assert lesson.exercises[0].exercise.title == "Twice as much"
    assert [skill.id for skill in curriculum.skills] == ["read.trace", "review.logic"]


LESSON_FILE = f"{MODULE_FOLDER}/one-value.md"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (LESSON_FILE, "minutes: 10", "minuts: 10",
         f"{LESSON_FILE}:4: There is no key “minuts” here (minuts). Did you mean “minutes”?"),
        (LESSON_FILE, "exercises: [doubling]", "exercises: [doubling, halving]",
         f"{LESSON_FILE}: There is no exercise “halving” beside it. Add its folder."),
        (LESSON_FILE, "needs: []", "needs: [zero]", f"{LESSON_FILE}: There is no lesson “zero”."),
        (LESSON_FILE, "skills: [read.trace]", "skills: [read.mind]", "no skill “read.mind”"),
        (LESSON_FILE, "why: It is not two.", "wy: It is not two.",
         f"{LESSON_FILE}:17: There is no key"),
        (LESSON_FILE, "correct: true", "correct: false", "one right option"),
        (LESSON_FILE, "---\n", "", "no front matter"),
        (LESSON_FILE, "exercises: [doubling]", "exercises: []", "No lesson names this exercise."),
        (LESSON_FILE, "d0c203", "d0c202", "Its uuid is also that of"),
        (f"{MODULE_FOLDER}/doubling/exercise.yaml", "d0c103", "d0c201", "Its uuid is also that of"),
        (f"{MODULE_FOLDER}/doubling/exercise.yaml", "kind: code", "kind: cod", "no kind “cod”"),
        (f"{MODULE_FOLDER}/doubling/exercise.yaml", "[read.trace]", "[read.mind]", "no skill"),
        ("courses/first-steps/course.yaml", "minutes: 60", "minutes: -1", "minutes:"),
        ("courses/first-steps/course.yaml", "skills: [read.trace]", "skills: [a.b]", "no skill"),
        ("skills.yaml", "- {id: read.trace", "- {ID: read.trace", "skills.yaml:1: "),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_and_line(
    root: Path, name: str, old: str, new: str, said: str
) -> None:
    found = change(root, name, old, new)

    assert any(said in problem for problem in found), found


@pytest.mark.parametrize(
    "name",
    ["skills.yaml", "courses/first-steps/course.yaml", f"{MODULE_FOLDER}/module.yaml",
     f"{MODULE_FOLDER}/doubling/README.md"],
)  # fmt: skip
def test_a_missing_file_is_named(root: Path, name: str) -> None:
    (root / name).unlink()

    assert any(
        each.startswith(f"{name}: The file is missing") for each in problems(load_curriculum(root))
    )


def test_a_broken_exercise_breaks_neither_its_lesson_nor_its_course(root: Path) -> None:
    change(root, f"{MODULE_FOLDER}/doubling/exercise.yaml", "kind: code", "kind: cod")

    lesson = load_curriculum(root).courses[0].modules[0].lessons[0]

    assert lesson.title == "A name keeps one value"
    assert lesson.exercises == ()


def test_a_copied_exercise_needs_a_uuid_of_its_own(root: Path) -> None:
    for path, text in example("doubling").files.items():
        write(root, f"{MODULE_FOLDER}/doubling-again/{path}", text)

    found = problems(load_curriculum(root))

    assert any("Its uuid is also that of" in each for each in found)


def test_at_most_two_exercises_may_be_tried_without_an_account(root: Path) -> None:
    for name in ("bill", "receipt", "first-prints"):
        for path, text in example(name).files.items():
            opened = text.replace("kind:", "open: true\nkind:", 1).replace("\nopen: true\ns", "\ns")
            write(root, f"{MODULE_FOLDER}/{name}/{path}", opened)

    found = problems(load_curriculum(root))

    assert sum("More than two exercises are open" in each for each in found) == 3


def test_a_lesson_and_an_exercise_cannot_share_an_address(root: Path) -> None:
    (root / LESSON_FILE).rename(root / f"{MODULE_FOLDER}/doubling.md")

    found = problems(load_curriculum(root))

    assert any("The lesson doubling.md has the same name." in each for each in found)


def test_an_empty_place_is_told_and_not_passed_over(tmp_path: Path) -> None:
    found = problems(load_curriculum(tmp_path))

    assert "courses: There is no course here. Add a course's folder." in found


def test_names_of_folders_are_checked(root: Path) -> None:
    (root / MODULE_FOLDER).rename(root / "courses/first-steps/Names")

    assert any("is called NN-name" in each for each in problems(load_curriculum(root)))


def test_the_examples_of_these_tests_are_exercises() -> None:
    assert {folder.name for folder in EXERCISES.iterdir()} >= {"doubling", "bill", "receipt"}
