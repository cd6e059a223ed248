"""What the author of an ``explain`` exercise writes."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field

from grader.authored.literals import LiteralError, literal_call
from grader.authored.model import Authored, Line, Slug
from grader.authored.problems import Fault
from grader.authored.spec import repeated
from grader.kinds.decided import DecidedSpec
from grader.practice import ENGINE

EXPLANATION = "explanation"
CODE_FILE = "starter/solution.py"
LONGEST_EXPLANATION = 900  # characters
MOST_WORDS = 40


class Prediction(Authored):
    """A call whose result the learner predicts. Nobody types the key: the code is run."""

    id: Slug
    call: Line


class ExplainSpec(DecidedSpec):
    """``kind: explain``: ``starter/solution.py`` is the code to explain."""

    kind: Literal["explain"]
    written_by: Literal["person", "practice", "model"] = "model"
    predict: list[Prediction] = Field(min_length=1, max_length=3)

    def faults(self, files: Mapping[str, str]) -> Iterator[Fault]:
        yield from self.decided_faults()
        yield from self._prediction_faults()
        code = files.get(CODE_FILE, "")
        if not code.strip():
            yield Fault(
                path=("signature",),
                message=f"{CODE_FILE} is missing.",
                remedy="Add it: it is the code to explain.",
            )
        elif self.function not in _defined(code):
            yield Fault(
                path=("signature",),
                message=f"{CODE_FILE} doesn't define {self.function}.",
                remedy="Use the same name in both.",
            )

    def _prediction_faults(self) -> Iterator[Fault]:
        for twice in sorted(repeated([each.id for each in self.predict])):
            yield Fault(
                path=("predict",), message=f"The id “{twice}” is used twice.", remedy="Rename one."
            )
        for at, each in enumerate(self.predict):
            try:
                called = literal_call(each.call).function
            except LiteralError as error:
                yield Fault(
                    path=("predict", at, "call"),
                    message=f"The call can't be read: {error}.",
                    remedy="Use literals.",
                )
                continue
            if called != self.function:
                yield Fault(
                    path=("predict", at, "call"),
                    message=f"It doesn't call {self.function}.",
                    remedy="Call the function of the signature.",
                )

    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        return {
            "code": files[CODE_FILE],
            "function": self.function,
            "written_by": self.written_by,
            "longest": LONGEST_EXPLANATION,
            "most_words": MOST_WORDS,
            "checks": len(self.cases),
            "predict": [{"id": each.id, "call": each.call} for each in self.predict],
            "practice": ENGINE,
        }


def _defined(code: str) -> set[str]:
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return set()
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
