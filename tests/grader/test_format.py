"""The exercise format: what is accepted, and how a mistake is named."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest

from grader.exercise import ExerciseError, from_files, load
from tests.grader.examples import EXERCISES, bent, example, problems_of


def test_an_exercise_folder_becomes_plain_data() -> None:
    exercise = example("late-loans")

    assert exercise.uuid == UUID("3b0f6a52-58d7-4d0c-9a43-4f2f5ad0c101")
    assert exercise.kind == "code"
    assert exercise.skills == ("review.logic", "read.trace")
    assert exercise.aided is True
    assert exercise.open is False
    assert len(exercise.hints) == 3
    assert exercise.brief.startswith("# Which loans are late?")


def test_the_same_texts_have_the_same_hash_whatever_the_line_ends() -> None:
    files = dict(example("late-loans").files)
    windows = {path: text.replace("\n", "\r\n") for path, text in files.items()}

    assert from_files(windows).content_hash == from_files(files).content_hash
    assert from_files(bent("late-loans", ("minutes: 10", "minutes: 11"))).content_hash != (
        from_files(files).content_hash
    )


def test_a_misspelt_key_is_refused_by_name_with_its_line_and_the_likely_word() -> None:
    problems = problems_of(bent("late-loans", ("weight: 2", "wieght: 2")))

    (problem,) = problems
    assert problem.startswith("exercise.yaml:15: There is no key “wieght” here")
    assert problem.endswith("Did you mean “weight”?")


def test_a_misspelt_key_of_a_question_is_named_without_the_readers_own_words() -> None:
    problems = problems_of(bent("first-prints", ("correct: true", "corect: true")))

    (problem,) = problems
    assert "no key “corect” here (questions[1].options[2].corect)" in problem


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes: 10", "minutes: 10\nminutes: 11", "exercise.yaml:7: The key “minutes” is here"),
        ("minutes: 10", "minutes: ten", "exercise.yaml:6: minutes:"),
        ("kind: code", "kind: essay", "exercise.yaml:3: There is no kind “essay”"),
        ("kind: code", "", "“kind” is missing"),
        ("minutes: 10", "", "“minutes” is missing"),
        ("title: Which", "title: a: Which", "exercise.yaml:2: This isn't YAML"),
        ("minutes: 10", "minutes: &a 10\nopen: *a", "exercise.yaml:7: Aliases"),
        ("minutes: 10", "minutes: !!python/object:os.system 10", "exercise.yaml:6: The tag"),
        ("title: Which loans are late?", "title: 10", "Put it in quotes"),
        ("requirement: refuses", "requirement: refusal", "There is no requirement “refusal”"),
        ("is_late(14, 14)", "is_late(open('x'))", "“open('x')” isn't a literal"),
        ("is_late(14, 14)", "is_late(14", "Python can't read it"),
        ("returns: false", "returns: false, raises: KeyError", "one thing that it expects"),
        ("file: test_fee.py", "file: test_fees.py", "hidden/test_fees.py is missing"),
        ("test_no_fee_when_free:", "test_no_fee:", "has no test “test_no_fee”"),
        ("call:eval", "eval", "“eval” isn't something that can be looked for"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_a_remedy(old: str, new: str, said: str) -> None:
    problems = problems_of(bent("late-loans", (old, new)))

    assert any(said in problem for problem in problems), problems


def test_all_mistakes_are_told_at_once() -> None:
    files = bent("late-loans", ("minutes: 10", "minutes: ten"), ("weight: 2", "weight: 9"))

    assert len(problems_of(files)) == 2


def test_a_missing_starter_is_named() -> None:
    files = dict(example("late-loans").files)
    del files["starter/solution.py"]

    assert "starter/solution.py is missing" in problems_of(files)[0]


@pytest.mark.parametrize("name", ["exercise.yaml", "README.md", "coach.md"])
def test_a_missing_file_is_named(name: str) -> None:
    files = {path: text for path, text in example("late-loans").files.items() if path != name}

    assert problems_of(files)[0].startswith(f"{name}: The file is missing")


def test_a_plain_no_is_a_word_and_a_date_stays_text() -> None:
    exercise = from_files(
        bent(
            "first-prints",
            ('text: "2 + 3"', "text: No"),
            ("title: What does it print?", "title: 2026-01-02"),
        )
    )

    assert exercise.title == "2026-01-02"
    assert exercise.shown()["questions"][0]["options"][0]["text"] == "No"


def test_files_that_are_too_large_or_not_text_are_refused(tmp_path: Path) -> None:
    for path, text in example("late-loans").files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "starter" / "picture.png").write_bytes(b"\x89PNG\xff")
    (tmp_path / "hidden" / "big.txt").write_text("x" * 300_000)
    (tmp_path / "hidden" / "link.txt").symlink_to("/etc/hostname")

    with pytest.raises(ExerciseError) as refusal:
        load(tmp_path)

    said = [str(problem) for problem in refusal.value.problems]
    assert len(said) == 3
    assert any("isn't UTF-8" in each for each in said)
    assert any("larger than 256 KiB" in each for each in said)
    assert any("is a link" in each for each in said)


def test_a_learner_is_shown_no_hidden_case_and_no_reference() -> None:
    exercise = example("late-loans")

    shown = json.dumps(exercise.shown())

    assert [case["id"] for case in exercise.shown()["cases"]] == ["last-day"]
    assert exercise.shown()["files"].keys() == {"solution.py"}
    assert "-3" not in shown
    assert "max(0" not in shown
    assert "test_fee" not in shown
    assert "feedback" not in shown


def test_a_learner_is_shown_no_key_of_a_quiz() -> None:
    shown = example("first-prints").shown()

    text = json.dumps(shown)
    for secret in ("why", "explain", "correct", "accept", "feedback"):
        assert f'"{secret}"' not in text
    lines = next(each["lines"] for each in shown["questions"] if each["type"] == "order")
    assert lines[:3] != ["a = 1", "b = a + 2", "print(b)"]
    assert sorted(lines) == ["a = 1", "b = a + 2", "print(b)", "print(c)"]


def test_hints_are_not_shown_all_at_once() -> None:
    assert "hints" not in example("first-prints").shown()


def test_every_example_can_be_loaded() -> None:
    for folder in sorted(EXERCISES.iterdir()):
        assert load(folder).title
