"""What the author of a ``prompt`` exercise writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field

from grader.authored.model import Authored, Line, Slug, Words
from grader.authored.problems import Fault
from grader.kinds.decided import DecidedSpec
from grader.kinds.prompt.probing import Probe
from grader.practice import ENGINE

LONGEST_PROMPT = 1500  # characters
PROMPT_FILE = "prompt.md"
PROGRAM = "solution.py"
GAP = re.compile(r"___(\d+)___")
Variant = Literal["write", "edit_this", "faded", "parsons", "probe_first", "compare_two"]
TYPED: tuple[Variant, ...] = ("write", "edit_this", "probe_first")


class Given(Authored):
    """The prompt of ``edit_this``, and the visible case that goes wrong on its code."""

    prompt: Words
    case: Slug
    gives: Line


class Pair(Authored):
    """The two prompts of ``compare_two``: one gives what is needed, one doesn't."""

    a: Words
    b: Words


class PromptSpec(DecidedSpec):
    """``kind: prompt``. ``person`` is who needs the function, as feedback names them."""

    kind: Literal["prompt"]
    variant: Variant = "write"
    person: Line = "the person in the brief"
    probe: Probe | None = None
    given: Given | None = None
    faded: Words | None = None
    sentences: list[Line] | None = Field(None, min_length=4, max_length=14)
    pair: Pair | None = None

    @property
    def answer_file(self) -> str:
        return PROMPT_FILE if self.variant in TYPED else ""

    @property
    def blanks(self) -> list[str]:
        """The numbers of a faded prompt's gaps, in order."""
        return list(dict.fromkeys(GAP.findall(self.faded or "")))

    def practised(self, prompt: str) -> str:
        """The code that the practice model writes for a prompt."""
        stated = self.recogniser().stated(prompt)
        return self.code({name: each.taken for name, each in stated.items()})

    def faults(self, files: Mapping[str, str]) -> Iterator[Fault]:
        yield from self.decided_faults()
        yield from self._variant_faults()
        if self.probe is not None:
            for path, message, remedy in self.probe.faults(self.parameters):
                yield Fault(path=("probe", *path), message=message, remedy=remedy)

    def _variant_faults(self) -> Iterator[Fault]:
        wanted = {"edit_this": "given", "faded": "faded", "parsons": "sentences"}
        wanted |= {"compare_two": "pair", "probe_first": "probe"}
        need = wanted.get(self.variant)
        if need is not None and getattr(self, need) is None:
            yield Fault(
                path=("variant",),
                message=f"The variant {self.variant} needs `{need}:`.",
                remedy="Add it, or name another variant.",
            )
        for variant, key in wanted.items():
            if key != "probe" and variant != self.variant and getattr(self, key) is not None:
                yield Fault(
                    path=(key,),
                    message=f"`{key}:` belongs to the variant {variant}.",
                    remedy=f"Write `variant: {variant}`, or take it out.",
                )
        visible = {case.id for case in self.cases if case.visible}
        if self.given is not None and self.given.case not in visible:
            yield Fault(
                path=("given", "case"),
                message=f"There is no visible case “{self.given.case}”.",
                remedy="Name a case that the learner sees.",
            )
        if self.faded is not None and not self.blanks:
            yield Fault(
                path=("faded",), message="There is no gap.", remedy="Write gaps as ___1___."
            )

    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        return {
            "variant": self.variant,
            "signature": self.signature,
            "program": self.answer_file,
            "checks": len(self.cases),
            "longest": LONGEST_PROMPT,
            "cases": [case.shown() for case in self.cases if case.visible],
            "probe": self.probe.shown(first=self.variant == "probe_first") if self.probe else None,
            "practice": ENGINE,
            **self._shown_variant(),
        }

    def _shown_variant(self) -> dict[str, Any]:
        if self.variant == "edit_this" and self.given is not None:
            case = next(case for case in self.cases if case.id == self.given.case)
            return {
                "given": {
                    "prompt": self.given.prompt,
                    "code": self.practised(self.given.prompt),
                    "called": case.call or "",
                    "expected": case.expected_words,
                    "gives": self.given.gives,
                }
            }
        if self.variant == "faded" and self.faded is not None:
            return {"faded": {"pieces": _pieces(self.faded), "gaps": self.blanks}}
        if self.variant == "parsons":
            return {"sentences": list(self.sentences or ())}
        if self.variant == "compare_two" and self.pair is not None:
            prompts = {"a": self.pair.a, "b": self.pair.b}
            return {
                "prompts": {
                    name: {"text": text, "code": self.practised(text)}
                    for name, text in prompts.items()
                },
                "decisions": [{"id": each.id, "about": each.about} for each in self.decisions],
            }
        return {}


def _pieces(faded: str) -> list[dict[str, str]]:
    """The fixed texts and the gaps of a faded prompt, in order."""
    return [
        {"gap": piece} if at % 2 else {"text": piece} for at, piece in enumerate(GAP.split(faded))
    ]
