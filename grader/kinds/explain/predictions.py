"""What the code really gives, beside what the learner said that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.authored.exercise import Exercise
from grader.authored.literals import LiteralError, literal, literal_call
from grader.kinds.explain.spec import CODE_FILE, ExplainSpec
from grader.kinds.tools import Tools
from grader.sandbox.base import Call, Ended, HarnessBroken, Outcome, Program
from grader.sandbox.codec import encode, same, show

SHOWN_VALUE = 300
LONGEST_TYPED = 300


@dataclass(frozen=True, kw_only=True)
class Predicted:
    """One call: what was typed, and what it gives when it is run."""

    id: str
    call: str
    typed: str
    gives: str
    right: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "call": self.call,
            "typed": self.typed,
            "gives": self.gives,
            "right": self.right,
        }


def predictions(
    exercise: Exercise, spec: ExplainSpec, typed: Mapping[str, Any], *, tools: Tools
) -> list[Predicted]:
    """Each prediction against a run of the shown code."""
    outcomes = {outcome.id: outcome for outcome in run_shown(exercise, spec, tools)}
    found = []
    for each in spec.predict:
        said = typed.get(each.id, "")
        text = said.strip()[:LONGEST_TYPED] if isinstance(said, str) else ""
        outcome = outcomes[each.id]
        found.append(
            Predicted(
                id=each.id,
                call=each.call,
                typed=text,
                gives=gives(outcome),
                right=bool(text) and _is_right(text, outcome),
            )
        )
    return found


def run_shown(exercise: Exercise, spec: ExplainSpec, tools: Tools) -> tuple[Outcome, ...]:
    """The calls to predict, run on the shown code."""
    program = Program(files={"solution.py": exercise.files[CODE_FILE]})
    calls = []
    for each in spec.predict:
        parsed = literal_call(each.call)
        calls.append(
            Call(id=each.id, function=parsed.function, args=parsed.args, kwargs=parsed.kwargs)
        )
    outcomes = tools.sandbox.run_calls(program, calls, exercise.limits(ceilings=tools.ceilings))
    if sorted(outcome.id for outcome in outcomes) != sorted(each.id for each in spec.predict):
        raise HarnessBroken("the sandbox answered other calls than it was asked")
    return outcomes


def gives(outcome: Outcome) -> str:
    """What a call gives, ready to show. Raises HarnessBroken if it can't be said."""
    if outcome.raised is not None and outcome.ended is Ended.RAISED:
        return outcome.raised.name
    if outcome.ended is not Ended.RETURNED:
        raise HarnessBroken(f"a call to predict ended as {outcome.ended.value}")
    return show(outcome.value, SHOWN_VALUE)


def _is_right(text: str, outcome: Outcome) -> bool:
    """The same value, or the same text with other quotes or without any."""
    if outcome.raised is not None:
        return text.split(":", maxsplit=1)[0].strip().lower() in (
            outcome.raised.name.lower(),
            "error",
        )
    try:
        if same(encode(literal(text)), outcome.value):
            return True
    except LiteralError:
        pass
    given = gives(outcome)
    bare = given[1:-1] if given[:1] in ("'", '"') else given
    return text in (given, bare)
