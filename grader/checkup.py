"""Everything that ``check`` proves, step by step, with what was seen on the way.

Each step has a key: a hash of all that could change what it finds. Whoever keeps the findings
needs to run again only the steps whose key has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from grader.authored.exercise import Exercise
from grader.authored.problems import AuthorProblem
from grader.engine import grade, revealed
from grader.kinds import KINDS
from grader.kinds.tools import Tools
from grader.matrix import Matrix, matrix_of
from grader.publish import (
    answer_paths,
    doubts,
    given_away_texts,
    hard_to_read,
    missing_answers,
    proven_by_kind,
    stored_answer,
    stored_answer_holds,
    unkind_words,
    unknown_skills,
)
from grader.sandbox.base import HarnessBroken
from grader.verdict import Verdict

REVISION = 1
"""Goes up when a step finds something else in the same files."""

AGREEING_RUNS = 5
SLOWEST_SHARE = 0.4
"""Of the time that an exercise allows, so that a slow machine doesn't decide a verdict."""

_ONLY_WORDS = frozenset({"title", "summary", "minutes", "open", "skills", "uuid"})


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a step found. ``figures`` are numbers by name, ``sample`` a verdict to show."""

    problems: tuple[AuthorProblem, ...] = ()
    notes: tuple[AuthorProblem, ...] = ()
    matrix: Matrix | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
    sample: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "problems": [problem.as_json() for problem in self.problems],
            "notes": [note.as_json() for note in self.notes],
            "matrix": asdict(self.matrix) if self.matrix else None,
            "figures": dict(self.figures),
            "sample": dict(self.sample) if self.sample else None,
        }


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to prove. ``about`` names what it is about where there are several of a name."""

    name: str
    key: str
    look: Callable[[Tools], Seen]
    about: str = ""


def steps(exercise: Exercise, *, skills: Collection[str] | None = None) -> tuple[Step, ...]:
    """What this exercise has to prove, the quickest first."""
    words = _hash(exercise.content_hash, sorted(skills or ()))
    works = _works(exercise)
    return (
        _pure("skills", words, lambda: unknown_skills(exercise, skills)),
        _pure("readable", words, lambda: hard_to_read(exercise)),
        _pure("kind-words", words, lambda: unkind_words(exercise)),
        _pure("leaks", words, lambda: given_away_texts(exercise)),
        _pure("answers", words, lambda: missing_answers(exercise)),
        Step(
            name="proof",
            key=_hash("proof", works, _files(exercise)),
            look=lambda tools: Seen(problems=proven_by_kind(exercise, tools)),
        ),
        *(_answer(exercise, path, works) for path in answer_paths(exercise)),
        Step(
            name="steady",
            key=_hash("steady", works, _files(exercise)),
            look=lambda tools: _steady(exercise, tools),
        ),
        Step(
            name="matrix",
            key=_hash("matrix", works, _files(exercise)),
            look=lambda tools: _matrix(exercise, tools),
        ),
        Step(
            name="doubts",
            key=_hash("doubts", works, _files(exercise)),
            look=lambda tools: Seen(notes=doubts(exercise, tools=tools)),
        ),
    )


def _pure(name: str, key: str, look: Callable[[], Any]) -> Step:
    return Step(name=name, key=_hash(name, key), look=lambda tools: Seen(problems=tuple(look())))


def _works(exercise: Exercise) -> str:
    """What decides verdicts: the description without what is only said."""
    spec = exercise.spec.model_dump(mode="json", exclude=set(_ONLY_WORDS))
    kind = KINDS[exercise.kind]
    return _hash(REVISION, exercise.kind, kind.version, spec, exercise.brief)


def _files(exercise: Exercise) -> dict[str, str]:
    """Every file but those that are read above, or by no check."""
    left_out = {"exercise.yaml", "README.md", "coach.md"}
    return {path: text for path, text in exercise.files.items() if path not in left_out}


def _hash(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _answer(exercise: Exercise, path: str, works: str) -> Step:
    others = {
        name: text for name, text in _files(exercise).items() if not name.startswith("answers/")
    }
    own = {name: text for name, text in exercise.files.items() if name.startswith(path)}
    return Step(
        name="answer",
        about=path,
        key=_hash("answer", works, others, own),
        look=lambda tools: _answered(exercise, path, tools),
    )


def _answered(exercise: Exercise, path: str, tools: Tools) -> Seen:
    problems = tuple(stored_answer_holds(exercise, path, tools))
    if problems:
        return Seen(problems=problems)
    answer = stored_answer(exercise, path)
    verdict = grade(exercise, answer, tools=tools)
    return Seen(
        sample={
            "answer": answer.as_json(),
            "verdict": verdict.as_json(),
            "revealed": revealed(exercise, verdict),
        },
        figures={"seconds": verdict.phases.get("total", 0.0)},
    )


def _steady(exercise: Exercise, tools: Tools) -> Seen:
    """The right answer several times: the same verdict each time, and well within its time."""
    path = next((path for path in answer_paths(exercise) if "/passed-" in path), None)
    files = exercise.folder("reference")
    if path is None and not files:
        return Seen()
    where = path or "reference"
    answer = stored_answer(exercise, where)
    verdicts = [grade(exercise, answer, tools=tools) for _ in range(AGREEING_RUNS)]
    found = {_outcome(verdict) for verdict in verdicts}
    slowest = max(verdict.phases.get("total", 0.0) for verdict in verdicts)
    busiest = max((test.duration for verdict in verdicts for test in verdict.tests), default=0.0)
    allowed = exercise.limits(ceilings=tools.ceilings).cpu_per_case
    figures = {"runs": float(AGREEING_RUNS), "seconds": slowest, "busiest": busiest}
    problems: list[AuthorProblem] = []
    if len(found) > 1:
        problems.append(
            AuthorProblem(
                file=where,
                message=f"{AGREEING_RUNS} runs of the same answer came out differently.",
                remedy="Take chance, the clock and the order of sets out of program and tests.",
            )
        )
    if exercise.kind == "code" and busiest > SLOWEST_SHARE * allowed:
        problems.append(
            AuthorProblem(
                file=where,
                message=f"A check of the right answer takes {busiest:.1f} of {allowed:g} seconds.",
                remedy="Use smaller inputs, or allow more time.",
            )
        )
    return Seen(problems=tuple(problems), figures=figures)


def _outcome(verdict: Verdict) -> tuple[Any, ...]:
    """What has to be the same in each run: everything but times and printed addresses."""
    return (verdict.status, verdict.score, *((test.id, test.status) for test in verdict.tests))


def _matrix(exercise: Exercise, tools: Tools) -> Seen:
    try:
        found = matrix_of(exercise, tools=tools)
    except HarnessBroken:
        return Seen()  # said by the proof, which runs the same tests
    return Seen(matrix=found)
