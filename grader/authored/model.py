"""The base of every authored model, and pydantic's errors in an author's words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from grader.authored.marked_yaml import Marked
from grader.authored.problems import AuthorProblem, ExerciseError, Fault


class Authored(BaseModel):
    """A part of an authored file. An unknown key is refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\n]+$")
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
SkillId = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z]+$")]

Model = TypeVar("Model", bound=Authored)


def validated(model: type[Model], marked: Marked) -> Model:
    """The file as ``model``. Raises ExerciseError with one problem per fault, each on its line."""
    if not isinstance(marked.value, dict):
        raise ExerciseError(
            [
                AuthorProblem(
                    file=marked.file,
                    line=1,
                    message="The file has to be a list of keys and values.",
                    remedy="Start with `uuid: …` and see docs/authoring.md.",
                )
            ]
        )
    try:
        return model.model_validate(marked.value)
    except ValidationError as error:
        faults = [_fault(model, details, marked) for details in error.errors()]
        raise ExerciseError(placed(faults, marked)) from error


def placed(faults: list[Fault], marked: Marked) -> list[AuthorProblem]:
    """Each fault as a problem on its line, or in the file that is to blame."""
    return [
        AuthorProblem(
            file=fault.file or marked.file,
            line=0 if fault.file else marked.line_of(fault.path),
            message=fault.message,
            remedy=fault.remedy,
        )
        for fault in faults
    ]


def _fault(model: type[BaseModel], details: Any, marked: Marked) -> Fault:
    path = marked.known_steps(tuple(details["loc"]))
    where = _named(path)
    match details["type"]:
        case "extra_forbidden":
            return Fault(
                path=path,
                message=f"There is no key “{path[-1]}” here ({where}).",
                remedy=_likely(str(path[-1]), model),
            )
        case "missing":
            return Fault(
                path=path,
                message=f"“{path[-1]}” is missing ({where}).",
                remedy=f"Add `{path[-1]}: …`.",
            )
        case "string_type":
            return Fault(
                path=path,
                message=f"{where} has to be text, and {details['input']!r:.60} isn't.",
                remedy="Put it in quotes.",
            )
        case "value_error":
            return Fault(path=path, message=f"{where}: {details['ctx']['error']}", remedy="")
        case _:
            return Fault(
                path=path,
                message=f"{where}: {_lowered(details['msg'])} (here: {details['input']!r:.60}).",
                remedy="See docs/authoring.md for what may stand here.",
            )


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _named(path: tuple[str | int, ...]) -> str:
    words = ""
    for step in path:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return words.removeprefix(".")


def _likely(key: str, model: type[BaseModel]) -> str:
    known = sorted(_keys(model.model_json_schema()))
    close = get_close_matches(key, known, n=1, cutoff=0.6)
    return f"Did you mean “{close[0]}”?" if close else "Take it out, or see docs/authoring.md."


def _keys(schema: Any) -> set[str]:
    """Every key that the model or a part of it knows."""
    if isinstance(schema, list):
        return set().union(*map(_keys, schema))
    if not isinstance(schema, dict):
        return set()
    own = schema.get("properties")
    found = set(own) if isinstance(own, dict) else set()
    return found.union(*map(_keys, schema.values()))
