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

MOST_FILES = 200
LARGEST_FILE = 4 * 1024**2
"""What is read at all. What an exercise takes of it is the kind's to say."""


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


def names_in(path: Path) -> list[str]:
    """The names of the files that an answer in this file or folder consists of."""
    if not path.is_dir():
        return [path.name]
    return [file.relative_to(path).as_posix() for file in _files_in(path)]


def read_answer(path: Path, exercise: Exercise) -> Answer:
    """The answer in a file or folder. A single code file counts as the exercise's program.

    Raises AnswerError for what can't be read as text, leads elsewhere or is far too large.
    """
    if not path.is_dir():
        return from_text(_text(path), exercise, name=path.name)
    files = _files_in(path)
    if len(files) > MOST_FILES:
        raise AnswerError(f"{path} holds {len(files)} files; {MOST_FILES} are the most we read")
    return Answer(files={file.relative_to(path).as_posix(): _text(file) for file in files})


def _files_in(folder: Path) -> list[Path]:
    """The files of an answer's folder; what begins with a dot isn't part of it."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if (path.is_symlink() or path.is_file()) and not _is_aside(path.relative_to(folder).parts)
    ]


def _is_aside(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in parts)


def _text(path: Path) -> str:
    """The file's text. Raises AnswerError naming the file, and the line where it isn't UTF-8."""
    if path.is_symlink():
        raise AnswerError(f"{path} is a link. Hand in the file itself")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise AnswerError(f"{path} is larger than {LARGEST_FILE // 1024**2} MiB")
        raw = path.read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise AnswerError(f"{path}:{line}: this isn't UTF-8 text. Save it as UTF-8") from error
    except OSError as error:
        raise AnswerError(f"{path} can't be read: {error.strerror}") from error


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
