"""What a ``chain`` has to prove before it is published, beside what its prompt has to."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authored.exercise import Exercise
from grader.authored.problems import Fault
from grader.kinds.chain.judge import spec_of
from grader.kinds.chain.spec import Condition
from grader.kinds.prompt.proof import prove as prove_prompt
from grader.kinds.tools import Tools


def prove(exercise: Exercise, *, tools: Tools) -> Iterator[Fault]:
    """The prompt's own proof, and that every condition of an output can be met."""
    yield from prove_prompt(exercise, tools=tools)
    spec = spec_of(exercise)
    met = {spec.condition([each]) for each in spec.decisions if not each.inferable}
    for condition in {Condition.MINOR, Condition.SERIOUS} - met:
        yield Fault(
            path=("decisions",),
            message=f"No single decision makes the output {condition.value}.",
            remedy="Give one decision the weight 1, and another 2 or 3.",
        )
