"""The small exercises that the grader's tests share, and ways to bend them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader.exercise import Exercise, ExerciseError, from_files, load
from grader.verdict import Verdict

EXERCISES = Path(__file__).parent / "exercises"


def example(name: str) -> Exercise:
    return load(EXERCISES / name)


def bent(name: str, *changes: tuple[str, str], file: str = "exercise.yaml") -> dict[str, str]:
    """An example's files with some text of one file replaced; the text has to be there."""
    files = dict(example(name).files)
    for old, new in changes:
        assert old in files[file], f"{old!r} is not in {file}"
        files[file] = files[file].replace(old, new, 1)
    return files


def problems_of(files: Mapping[str, str]) -> list[str]:
    """What is wrong with these files, as an author reads it."""
    try:
        from_files(files)
    except ExerciseError as error:
        return [str(problem) for problem in error.problems]
    return []


def all_words(verdict: Verdict) -> str:
    """Every text of a verdict, without its numbers and hashes."""
    values = verdict.as_json()
    parts = [values[name] for name in ("tests", "requirements", "problem", "output", "details")]
    return "\n".join(_texts(parts))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []
