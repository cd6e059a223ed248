"""How each type of question is marked."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Callable
from dataclasses import dataclass

from grader.checks.case_runs import tidy_output
from grader.kinds.quiz.answers import Given
from grader.kinds.quiz.programs import Printed, known_print, printed_by
from grader.kinds.quiz.spec import AnyQuestion, Choose, Fill, Order, Predict
from grader.sandbox.base import HarnessBroken, Limits, Sandbox

LONGEST_GAP = 200


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What marking needs beside the question: a sandbox, limits, and the quiz's own seed."""

    sandbox: Sandbox
    limits: Limits
    seed: str

    def key(self, code: str, stdin: str) -> Printed:
        """What an author's program prints. A program without an end is our fault, not theirs."""
        printed = known_print(code, stdin, sandbox=self.sandbox, limits=self.limits)
        if not printed.is_whole:
            raise HarnessBroken(f"a program of the exercise ended as {printed.ended}")
        return printed


@dataclass(frozen=True, kw_only=True)
class Mark:
    """``share`` of the question that is right, 0 to 1; ``shown`` the answer as text; ``key``
    the right one as text, revealed only after the answer; ``parts`` counts what was marked."""

    share: float
    shown: str
    key: str
    parts: tuple[bool, ...]

    @property
    def right(self) -> bool:
        return all(self.parts)


def mark(question: AnyQuestion, given: Given, *, desk: Desk) -> Mark:
    """Mark one question."""
    marker: Callable[..., Mark] = _MARKERS[type(question)]
    return marker(question, given, desk)


def _whole(right: bool, *, shown: str, key: str) -> Mark:
    return Mark(share=float(right), shown=shown, key=key, parts=(right,))


def _choose(question: Choose, given: Given, desk: Desk) -> Mark:
    chosen = given.texts()
    return _whole(
        frozenset(chosen) == question.key,
        shown=_option_texts(question, frozenset(chosen)),
        key=_option_texts(question, question.key),
    )


def _option_texts(question: Choose, ids: frozenset[str]) -> str:
    return "\n".join(option.text for option in question.options if option.id in ids)


def _predict(question: Predict, given: Given, desk: Desk) -> Mark:
    key = desk.key(question.code, question.stdin)
    typed = given.text()
    return _whole(tells(typed, key), shown=typed, key=key.as_text())


def tells(typed: str, key: Printed) -> bool:
    """Whether the typed text is what the program prints. Where an exception ends the program,
    a last line that begins with its name is wanted, with or without Python's own words."""
    lines, wanted = tidy_output(typed).split("\n"), key.as_text().split("\n")
    if key.raised and lines[-1].split(":", 1)[0].strip() == key.raised:
        lines[-1] = key.raised
    return lines == wanted


def _order(question: Order, given: Given, desk: Desk) -> Mark:
    shown = question.shuffled(desk.seed)
    lines = [_line(part, shown) for part in given.texts()]
    right = lines == question.lines or (question.run and _ordered_alike(question, lines, desk))
    return _whole(right, shown="\n".join(lines), key="\n".join(question.lines))


def _ordered_alike(question: Order, lines: list[str], desk: Desk) -> bool:
    """Whether the author's own lines print the same in another order. Nothing else is run."""
    if sorted(lines) != sorted(question.lines):
        return False
    wanted = desk.key(question.program(question.lines), "")
    printed = printed_by(question.program(lines), "", sandbox=desk.sandbox, limits=desk.limits)
    return printed.is_whole and printed == wanted


def _line(part: str, shown: list[str]) -> str:
    """A line named by its position as shown, or by its own text."""
    is_position = part.isdecimal() and part not in shown and int(part) < len(shown)
    return shown[int(part)] if is_position else part


def _fill(question: Fill, given: Given, desk: Desk) -> Mark:
    texts = given.by_gap()
    parts = tuple(
        _gap_holds(question, number, texts.get(number, ""), desk)
        for number in sorted(question.gaps)
    )
    return Mark(
        share=sum(parts) / len(parts),
        shown=_gap_texts(texts),
        key=_gap_texts({number: gap.accept[0] for number, gap in question.gaps.items()}),
        parts=parts,
    )


def _gap_texts(texts: dict[int, str]) -> str:
    return "\n".join(f"{number}: {text}" for number, text in sorted(texts.items()))


def _gap_holds(question: Fill, number: int, text: str, desk: Desk) -> bool:
    gap = question.gaps[number]
    if not text or len(text) > LONGEST_GAP or "\n" in text:
        return False
    if any(same_code(text, accepted) for accepted in gap.accept):
        return True
    return gap.run and _runs_alike(question, number, text, desk)


def _runs_alike(question: Fill, number: int, text: str, desk: Desk) -> bool:
    wanted = desk.key(question.filled({}), question.stdin)
    printed = printed_by(
        question.filled({number: text}),
        question.stdin,
        sandbox=desk.sandbox,
        limits=desk.limits,
    )
    return printed.is_whole and printed.as_text() == wanted.as_text()


def same_code(one: str, other: str) -> bool:
    """Whether two bits of code are the same but for spaces between their parts."""
    return one.split() == other.split() or (
        (tokens := _tokens(one)) is not None and tokens == _tokens(other)
    )


def _tokens(code: str) -> list[str] | None:
    try:
        found = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError):
        return None
    return [each.string for each in found if each.string.strip()]


_MARKERS: dict[type, Callable[..., Mark]] = {
    Choose: _choose,
    Predict: _predict,
    Order: _order,
    Fill: _fill,
}
