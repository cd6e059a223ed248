"""The file format as JSON Schema, so that editors can check while an author types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from grader.curriculum.files import CheckFile, CourseFile, LessonFile, ModuleFile, Prediction, Skill
from grader.kinds import KINDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Each schema file's name and text, the same on every machine."""
    models: dict[str, Any] = {
        "course": CourseFile,
        "module": ModuleFile,
        "lesson": LessonFile,
        "check": CheckFile,
        "predict": Prediction,
        "skills": list[Skill],
        **{f"exercise-{name}": kind.spec for name, kind in KINDS.items()},
    }
    return {f"{name}.json": _text(_schema(model)) for name, model in models.items()} | {
        "exercise.json": _text(_any_exercise())
    }


def write(folder: Path) -> list[str]:
    """Write the schema files; the names of those that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = stale(folder)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in set(changed) - set(schemas()):
        (folder / name).unlink()
    return changed


def stale(folder: Path) -> list[str]:
    """The schema files that are missing, out of date, or no longer wanted."""
    wanted = schemas()
    present = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    return sorted(
        name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name)
    )


def _schema(model: Any) -> dict[str, Any]:
    return {"$schema": _DIALECT, **TypeAdapter(model).json_schema()}


def _any_exercise() -> dict[str, Any]:
    """One schema for every exercise.yaml: the value of ``kind`` decides which holds."""
    return {
        "$schema": _DIALECT,
        "title": "exercise.yaml",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": name}}},
                "then": {"$ref": f"exercise-{name}.json"},
            }
            for name in KINDS
        ],
    }


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
