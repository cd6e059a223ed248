"""What the result panel needs to know, as plain values. `templates/result/` shows it.

A view builds one `Run` from a submission and its verdict; the panel asks nothing else. Words about
the outcome live in the templates, one per state; docs/look.md lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grader.verdict import Problem

Mark = Literal["", "done", "now", "stop", "held"]
"""How far a step is: `stop` is the learner's code, `held` is nobody's fault or ours."""


class State(StrEnum):
    """What the panel shows. Each has `templates/result/<value>.html`."""

    BEFORE = "before"
    QUEUED = "queued"
    WRITING = "writing"
    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    INVALID = "invalid"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_LIMIT = "output_limit"
    WAITING = "waiting"
    OFFLINE = "offline"
    EXERCISE_CHANGED = "exercise_changed"
    PLATFORM_ERROR = "platform_error"
    MODEL_AWAY = "model_away"
    CANCELLED = "cancelled"

    @property
    def is_moving(self) -> bool:
        """Whether the page should ask again."""
        return self in (State.QUEUED, State.WRITING, State.RUNNING, State.WAITING)


QUIZ_STATES = frozenset(
    {
        State.BEFORE,
        State.QUEUED,
        State.RUNNING,
        State.WAITING,
        State.PASSED,
        State.FAILED,
        State.INVALID,
        State.PLATFORM_ERROR,
        State.CANCELLED,
    }
)
"""The states in which ``result/quiz/`` has words of its own."""

GRADED_WORDS = (State.BEFORE, State.PASSED, State.FAILED, State.INVALID)
"""The states of which kinds that aren't code speak in words of their own."""

OWN_WORDS: Mapping[str, Mapping[State, str]] = {
    "build": dict.fromkeys(GRADED_WORDS, "build"),
    "quiz": dict.fromkeys(QUIZ_STATES, "quiz"),
    "prompt": dict.fromkeys(GRADED_WORDS, "prompt"),
    "explain": dict.fromkeys(GRADED_WORDS, "explain"),
    "chain": dict.fromkeys(QUIZ_STATES, "quiz")
    | dict.fromkeys((State.BEFORE, State.PASSED, State.FAILED), "chain"),
    "decide": dict.fromkeys(QUIZ_STATES, "quiz")
    | dict.fromkeys((State.BEFORE, State.PASSED, State.FAILED, State.INVALID), "decide"),
    "review": dict.fromkeys(QUIZ_STATES, "quiz")
    | dict.fromkeys((State.BEFORE, State.PASSED, State.FAILED, State.INVALID), "review"),
    "test": dict.fromkeys((State.BEFORE, State.PASSED, State.FAILED), "test"),
}
"""Where a kind has words of its own for a state: the folder in ``result/``."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of a run. `note` is a time or a duration, ready to read."""

    label: str
    state: Mark = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """A rule of the brief and how it stands. `feedback` is for a rule that doesn't hold."""

    number: int
    says: str
    holds: bool
    passed: int
    total: int
    feedback: str = ""

    @property
    def mark(self) -> str:
        """How its number is drawn."""
        return "ok" if self.holds else "bad"


@dataclass(frozen=True, kw_only=True)
class Example:
    """A check that the learner may see in full. `gave` is empty when the code stopped there."""

    called: str
    expected: str
    gave: str
    same: bool
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Regraded:
    """What a regrade changed, ready to read: “60 of 100”, “3 November, 14:06”. ``undone``: the
    result from before counts again. ``earlier_url`` shows that of the two which doesn't count."""

    before: str
    after: str
    at: str
    why: str = ""
    undone: bool = False
    earlier_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One submission as its result panel shows it.

    `attempt` is the submission's number, 0 before the first; `counted` is False when it cost
    none of the learner's attempts.
    `status_url` is asked every `poll` while the state moves; `cancel_url` and `retry_url` are
    posted to. `saved_at`, `usual` and `limit` are ready to read: “14:06”, “1 to 2 seconds”,
    “5 seconds” or “128 MB”. `model` names the model that writes, `why` says what
    kept it from answering. `excerpt` is the learner's code from line `excerpt_from` on.
    `score` is “78 of 85”; `found` is what the verdict reveals, for kinds whose panel shows it.
    """

    state: State
    kind: str = "code"
    attempt: int = 0
    counted: bool = True
    stages: tuple[Stage, ...] = ()
    saved_at: str = ""
    usual: str = ""
    ahead: int = 0
    checks_run: int | None = None
    passed: int = 0
    total: int = 0
    requirements: tuple[Requirement, ...] = ()
    examples: tuple[Example, ...] = ()
    problem: Problem | None = None
    excerpt: str = ""
    excerpt_from: int = 1
    printed: str = ""
    limit: str = ""
    tries: int = 0
    model: str = ""
    why: str = ""
    reference: str = ""
    version: int = 0
    newer_version: int = 0
    changes_url: str = ""
    status_url: str = ""
    cancel_url: str = ""
    retry_url: str = ""
    next_url: str = ""
    next_label: str = ""
    how_url: str = ""
    poll: str = "1s"
    decided: tuple[tuple[str, str], ...] = ()
    score: str = ""
    found: Mapping[str, Any] = field(default_factory=dict)
    regraded: Regraded | None = None

    @property
    def template(self) -> str:
        """The partial of its state. Questions say some things in words of their own."""
        folder = OWN_WORDS.get(self.kind, {}).get(self.state)
        return f"result/{folder}/{self.state}.html" if folder else f"result/{self.state}.html"

    @property
    def flagged(self) -> list[int]:
        """The line of the problem, when it is known."""
        return [self.problem.line] if self.problem and self.problem.line else []

    @property
    def open_requirements(self) -> list[Requirement]:
        """The rules that don't hold, worst first."""
        left = [rule for rule in self.requirements if not rule.holds]
        return sorted(left, key=lambda rule: (rule.passed / max(1, rule.total), rule.number))

    @property
    def met_requirements(self) -> list[Requirement]:
        """The rules that hold."""
        return [rule for rule in self.requirements if rule.holds]


_DONE: tuple[Mark, ...] = ("done", "done", "done", "done")
_STOPPED: tuple[Mark, ...] = ("done", "done", "stop", "")
_NOTHING_WRITTEN: tuple[Mark, ...] = ("done", "stop", "", "")
_NONE: tuple[Mark, ...] = ("", "", "", "")

MARKS: dict[State, tuple[Mark, ...]] = {
    State.BEFORE: _NONE,
    State.QUEUED: ("done", "now", "", ""),
    State.WRITING: ("done", "now", "", ""),
    State.RUNNING: ("done", "done", "now", ""),
    State.PASSED: _DONE,
    State.FAILED: _DONE,
    State.INVALID: _STOPPED,
    State.TIMED_OUT: _STOPPED,
    State.OUT_OF_MEMORY: _STOPPED,
    State.OUTPUT_LIMIT: _STOPPED,
    State.WAITING: ("done", "held", "", ""),
    State.OFFLINE: _NONE,
    State.EXERCISE_CHANGED: _NONE,
    State.PLATFORM_ERROR: ("done", "done", "held", ""),
    State.MODEL_AWAY: ("done", "held", "", ""),
    State.CANCELLED: ("done", "held", "", ""),
}

WRITTEN_BY_A_MODEL = frozenset({"prompt", "explain"})
"""Kinds whose second step is a model that writes; it never began when the words were refused."""


def stages(
    state: State,
    *,
    saved_at: str,
    kind: str = "code",
    checks: int = 0,
    waited: str = "",
    took: str = "",
) -> tuple[Stage, ...]:
    """The four steps of a run: saved, its turn, checks, feedback."""
    labels = LABELS.get(kind, _code_labels)(checks)
    notes = (saved_at, waited, took, _("ready"))
    refused = state is State.INVALID and kind in WRITTEN_BY_A_MODEL
    return tuple(
        Stage(label=label, note=note if mark in ("done", "stop") else "", state=mark)
        for label, note, mark in zip(
            labels, notes, _NOTHING_WRITTEN if refused else MARKS[state], strict=True
        )
    )


def _code_labels(checks: int) -> tuple[str, ...]:
    ran = ngettext("%(n)s check run", "%(n)s checks run", checks) % {"n": checks}
    return (_("Code saved"), _("Its turn"), ran if checks else _("Checks run"), _("Feedback"))


def _quiz_labels(checks: int) -> tuple[str, ...]:
    read = ngettext("%(n)s answer checked", "%(n)s answers checked", checks) % {"n": checks}
    return (
        _("Answers saved"),
        _("Its turn"),
        read if checks else _("Answers checked"),
        _("Feedback"),
    )


def _prompt_labels(checks: int) -> tuple[str, ...]:
    ran = ngettext("%(n)s check run", "%(n)s checks run", checks) % {"n": checks}
    return (
        _("Prompt saved"),
        _("Code written"),
        ran if checks else _("Checks run"),
        _("Feedback"),
    )


def _chain_labels(checks: int) -> tuple[str, ...]:
    ran = ngettext("%(n)s check run", "%(n)s checks run", checks) % {"n": checks}
    return (_("Steps saved"), _("Its turn"), ran if checks else _("Checks run"), _("Feedback"))


def _explain_labels(checks: int) -> tuple[str, ...]:
    ran = ngettext("%(n)s check run", "%(n)s checks run", checks) % {"n": checks}
    return (
        _("Words saved"),
        _("Code rebuilt"),
        ran if checks else _("Checks run"),
        _("Feedback"),
    )


def _build_labels(checks: int) -> tuple[str, ...]:
    ran = ngettext("%(n)s check run", "%(n)s checks run", checks) % {"n": checks}
    return (_("Program saved"), _("Its turn"), ran if checks else _("Checks run"), _("Feedback"))


LABELS = {
    "build": _build_labels,
    "quiz": _quiz_labels,
    "chain": _chain_labels,
    "decide": _quiz_labels,
    "review": _quiz_labels,
    "test": _quiz_labels,
    "prompt": _prompt_labels,
    "explain": _explain_labels,
}
