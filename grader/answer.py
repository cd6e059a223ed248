"""A learner's answer as plain data: files for code, fields for questions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.authored.exercise import Exercise
from grader.authored.marked_yaml import read_yaml


class AnswerError(Exception):
    """A file that should hold an answer doesn't; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``files`` maps relative path to text; ``fields`` maps question id to JSON values."""

    files: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"files": dict(self.files), "fields": dict(self.fields)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Answer:
        """The inverse of ``as_json``. Raises AnswerError for anything else."""
        files, fields = value.get("files", {}), value.get("fields", {})
        if not isinstance(files, Mapping) or not isinstance(fields, Mapping):
            raise AnswerError("files and fields have to map names to values")
        if not all(isinstance(part, str) for pair in files.items() for part in pair):
            raise AnswerError("a file has to have a name and a text")
        if not all(isinstance(name, str) for name in fields):
            raise AnswerError("a field has to have a name")
        return cls(files=dict(files), fields=dict(fields))

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the answer: equal answers have equal hashes on every machine."""
        canonical = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(canonical.encode()).hexdigest()


def read_answer(path: Path, exercise: Exercise) -> Answer:
    """The answer in a file or folder. A single code file counts as the exercise's program."""
    try:
        if path.is_dir():
            return Answer(files=_texts_in(path))
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AnswerError(f"{path} can't be read as text: {error}") from error
    return from_text(text, exercise, name=path.name)


def from_text(text: str, exercise: Exercise, *, name: str) -> Answer:
    """The answer that one file's text makes up."""
    program = exercise.spec.answer_file
    return (
        Answer(files={program: text})
        if program
        else Answer(fields=exercise.spec.stored_fields(_fields(text, name)))
    )


def _fields(text: str, name: str) -> dict[str, Any]:
    value = read_yaml(text, file=name).value
    if not isinstance(value, dict):
        raise AnswerError(f"{name} has to map question ids to answers")
    return {str(key): given for key, given in value.items()}


def _texts_in(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8-sig")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
