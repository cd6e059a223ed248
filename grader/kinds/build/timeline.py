"""What each turn of a session did to the program: run on the visible checks, told turn by turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from typing import Any

from grader.authored.exercise import Exercise
from grader.checks.case_runs import run_cases
from grader.kinds.build.partner import build_spec
from grader.kinds.build.session import Played
from grader.kinds.tools import Tools
from grader.sandbox.base import Limits, Program
from grader.verdict import TestStatus

CPU_OF_A_STEP = 2.0  # seconds; what ran for its learner in less is all that counts


@dataclass(frozen=True, kw_only=True)
class Step:
    """A turn and its consequences. ``threatens`` are milestones that held before and don't with
    the proposed change; ``broke`` those of them that the accepted files broke as well. ``showed``
    says of each check that was run on the proposal whether it held."""

    played: Played
    threatens: tuple[str, ...] = ()
    broke: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()
    showed: tuple[tuple[str, str, bool], ...] = ()

    @property
    def is_threat(self) -> bool:
        return bool(self.threatens)

    @property
    def caught(self) -> bool:
        return self.is_threat and not self.broke

    @property
    def unchecked(self) -> bool:
        """A change that was accepted with no check run on it."""
        changed = bool(self.played.reply.change)
        return changed and self.played.was_accepted and not self.played.turn.ran


def steps(exercise: Exercise, session: Sequence[Played], *, tools: Tools) -> tuple[Step, ...]:
    """Every turn with what running it shows. Equal programs are run once."""
    bench = _Bench(exercise, tools)
    return tuple(_step(played, bench) for played in session)


def _step(played: Played, bench: _Bench) -> Step:
    held = bench.held(played.before)
    proposed = bench.held(played.proposed)
    accepted = bench.held(played.accepted)
    by_partner = bool(played.turn.ask and played.reply.change)
    threatens = tuple(name for name in held if by_partner and name not in proposed)
    return Step(
        played=played,
        threatens=threatens,
        broke=tuple(name for name in threatens if name not in accepted),
        reached=tuple(name for name in bench.held(played.kept) if name not in held),
        showed=bench.showed(played),
    )


class _Bench:
    """Runs the visible checks on the programs of one session."""

    def __init__(self, exercise: Exercise, tools: Tools) -> None:
        self.spec = build_spec(exercise)
        self.tools = tools
        self.limits = _short(exercise.limits(ceilings=tools.ceilings))
        self.titles = {case.id: case.title for case in self.spec.visible_cases}
        self._passed: dict[tuple[tuple[str, str], ...], frozenset[str]] = {}

    def passed(self, files: Mapping[str, str]) -> frozenset[str]:
        """The visible checks that pass."""
        key = tuple(sorted(files.items()))
        if key not in self._passed:
            self._passed[key] = self._run(files)
        return self._passed[key]

    def _run(self, files: Mapping[str, str]) -> frozenset[str]:
        if not files.get(self.spec.program, "").strip():
            return frozenset()
        found = run_cases(
            self.spec.visible_cases,
            Program(files=files, main=self.spec.program),
            sandbox=self.tools.sandbox,
            limits=self.limits,
        )
        return frozenset(test.id for test in found.tests if test.status is TestStatus.PASSED)

    def held(self, files: Mapping[str, str]) -> tuple[str, ...]:
        """The milestones of which all visible checks pass, in order."""
        passed = self.passed(files)
        return tuple(
            milestone.id
            for milestone in self.spec.milestones
            if (own := self._own(milestone.id)) and own <= passed
        )

    def _own(self, milestone: str) -> set[str]:
        return {case.id for case in self.spec.visible_cases if case.requirement == milestone}

    def showed(self, played: Played) -> tuple[tuple[str, str, bool], ...]:
        """Id, title and outcome of each check that was run before deciding."""
        shown: list[tuple[str, str, bool]] = []
        for ran in played.turn.ran:
            title = self.titles.get(ran.id, ran.title)
            held = ran.held
            if held is None and ran.id in self.titles:
                held = ran.id in self.passed(played.proposed)
            if title and held is not None:
                shown.append((ran.id, title, held))
        return tuple(shown)


def _short(limits: Limits) -> Limits:
    """Limits for one moment of a long session, so that all of it is judged in time."""
    return replace(
        limits,
        cpu_per_case=min(limits.cpu_per_case, CPU_OF_A_STEP / 2),
        cpu_total=min(limits.cpu_total, CPU_OF_A_STEP),
        wall_per_case=min(limits.wall_per_case, CPU_OF_A_STEP),
        wall_total=min(limits.wall_total, 2 * CPU_OF_A_STEP),
    )


def told(exercise: Exercise, found: Sequence[Step], *, held: Sequence[str]) -> list[dict[str, Any]]:
    """The session turn by turn, as its learner reads it. ``held`` are the milestones that hold
    when it is handed in: what was broken and holds again was mended."""
    says = {each.id: each.says.replace("`", "") for each in build_spec(exercise).milestones}
    return [_told(exercise, step, says, held) for step in found]


def _told(
    exercise: Exercise, step: Step, says: Mapping[str, str], held: Sequence[str]
) -> dict[str, Any]:
    played = step.played
    drill = build_spec(exercise).milestone(played.reply.step).drill if played.reply.drill else None
    return {
        "number": played.number,
        "asked": played.turn.ask,
        "engine": played.turn.engine,
        "says": played.reply.says,
        "why": played.reply.why,
        "did": played.turn.did,
        "diff": difference(played.before, {**played.proposed, **played.turn.edited}),
        "edited": bool(played.turn.edited),
        "ran": [{"id": name, "title": title, "held": ok} for name, title, ok in step.showed],
        "unchecked": step.unchecked,
        "reached": [says[name] for name in step.reached],
        "threatens": [says[name] for name in step.threatens],
        "caught": step.caught,
        "broke": [says[name] for name in step.broke],
        "mended": bool(step.broke) and all(name in held for name in step.broke),
        "drill": drill.tells if drill is not None else "",
    }


def difference(before: Mapping[str, str], now: Mapping[str, str]) -> list[dict[str, Any]]:
    """File by file, each line that was added, taken or stands near: ``{name, lines}`` with
    ``{mark, old, new, text}``. Marks are add, take, same and gap; line numbers are 0 for none."""
    return [
        {"name": name, "lines": lines}
        for name in sorted({*before, *now})
        if (lines := _lines(before.get(name, ""), now.get(name, "")))
    ]


def _lines(before: str, now: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    old = new = 0
    for line in list(unified_diff(before.splitlines(), now.splitlines(), n=2, lineterm=""))[2:]:
        if line.startswith("@@"):
            old, new = _starts(line)
            if rows or (old, new) > (1, 1):
                rows.append({"mark": "gap", "old": 0, "new": 0, "text": ""})
            continue
        mark = {"+": "add", "-": "take", " ": "same"}[line[0]]
        rows.append(
            {
                "mark": mark,
                "old": 0 if mark == "add" else old,
                "new": 0 if mark == "take" else new,
                "text": line[1:],
            }
        )
        old += mark != "add"
        new += mark != "take"
    return rows


def _starts(header: str) -> tuple[int, int]:
    _, taken, added, *_ = header.split(" ")
    return int(taken[1:].split(",")[0]), int(added[1:].split(",")[0])
