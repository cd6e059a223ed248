"""Whoever knows the key scores 100; whoever guesses doesn't."""

from __future__ import annotations

import random
from statistics import mean
from typing import Any

import pytest

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.engine import Tools, grade
from grader.sandbox.base import Sandbox
from grader.verdict import Status, Verdict
from tests.grader.review.items import exercise, guess, item, oracle, review
from tests.grader.scripted import ScriptedSandbox

ITEMS = range(60)
SCRIPTED: Sandbox = ScriptedSandbox()


def judged(what: Exercise, answer: Answer) -> Verdict:
    return grade(what, answer, tools=Tools(sandbox=SCRIPTED))


def scored(what: Exercise, findings: list[dict[str, Any]], call: str = "fix") -> float:
    verdict = judged(what, review(findings, call))
    assert verdict.score is not None, verdict.problem
    return verdict.score


@pytest.mark.parametrize("seed", ITEMS)
def test_whoever_knows_the_key_scores_all(seed: int) -> None:
    known = item(seed)

    verdict = judged(known, review(oracle(known)))

    assert verdict.score == 100.0
    assert verdict.status is Status.PASSED


@pytest.mark.parametrize("seed", ITEMS)
def test_marking_every_line_brings_nothing(seed: int) -> None:
    dice = random.Random(seed)
    every = [guess(dice, line) for line in range(1, 26)]

    assert scored(item(seed), every) <= 15


@pytest.mark.parametrize("size", range(2, 13))
def test_marking_everything_in_pieces_brings_next_to_nothing(size: int) -> None:
    dice = random.Random(size)
    starts = range(1, 26, size)
    pieces = [f"{at}-{min(25, at + size - 1)}" for at in starts]

    scores = [scored(item(seed), [guess(dice, piece) for piece in pieces]) for seed in ITEMS]

    assert mean(scores) <= 15


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 10])
def test_marking_random_lines_brings_next_to_nothing(count: int) -> None:
    dice = random.Random(count)

    scores = [
        scored(item(seed), [guess(dice, line) for line in dice.sample(range(1, 26), count)])
        for seed in ITEMS
        for _ in range(5)
    ]

    assert mean(scores) <= 15


@pytest.mark.parametrize("seed", ITEMS)
def test_saying_one_right_thing_again_and_again_brings_nothing(seed: int) -> None:
    known = item(seed)

    assert scored(known, oracle(known)[:1] * 20) <= 15


@pytest.mark.parametrize("seed", ITEMS)
def test_saying_nothing_about_flawed_work_brings_nothing(seed: int) -> None:
    verdict = judged(item(seed), review([], "use"))

    assert verdict.score == 0.0
    assert verdict.details["review"]["bad_work_approved"]


@pytest.mark.parametrize("lines", [25, 40, 60])
def test_accepting_good_work_scores_all(lines: int) -> None:
    clean = exercise("".join(f"v{at} = {at}\n" for at in range(lines)), [])

    verdict = judged(clean, review([], "use"))

    assert verdict.score == 100.0
    assert verdict.status is Status.PASSED


@pytest.mark.parametrize(("alarms", "score"), [(1, 75.0), (2, 50.0), (4, 0.0), (7, 0.0)])
def test_each_false_alarm_on_good_work_costs_a_quarter(alarms: int, score: float) -> None:
    clean = exercise("".join(f"v{at} = {at}\n" for at in range(25)), [])

    assert scored(clean, [{"lines": at} for at in range(1, alarms + 1)], "use") == score


@pytest.mark.parametrize("call", ["fix", "reject"])
def test_blocking_good_work_scores_nothing(call: str) -> None:
    clean = exercise("".join(f"v{at} = {at}\n" for at in range(25)), [])

    verdict = judged(clean, review([], call))

    assert verdict.score == 0.0
    assert verdict.details["review"]["good_work_blocked"]


def two_defects(**changes: Any) -> Exercise:
    text = "".join(f"v{at} = {at}\n" for at in range(1, 26))
    shared = {
        "severity": "major",
        "explain": "Wrong.",
        "corrected": "x = 1",
        "witness": {"reason": "style"},
    }
    defects = [
        {"id": "one", "lines": "4-5", "category": "logic", **shared, **changes},
        {"id": "two", "lines": "20", "category": "data", **shared, "severity": "minor"},
    ]
    return exercise(text, defects)


PARTS: dict[str, tuple[dict[str, Any], float]] = {
    "the place alone": ({"lines": "4-5"}, 0.30),
    "one of its lines": ({"lines": 5}, 0.30),
    "place and category": ({"lines": 4, "category": "logic"}, 0.45),
    "place, and a severity one step off": ({"lines": 4, "severity": "minor"}, 0.35),
    "place, category and severity": (
        {"lines": 4, "category": "logic", "severity": "major"},
        0.55,
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_a_comment_counts_as_published(part: str) -> None:
    finding, worth = PARTS[part]

    # weights 2 and 1; without the evidence step what is left is divided by 0.55
    assert scored(two_defects(), [finding]) == round(100 * 2 * worth / 0.55 / 3, 1)


def test_a_severity_two_steps_off_counts_nothing() -> None:
    flawed = two_defects(severity="critical")

    with_it = scored(flawed, [{"lines": 4, "severity": "minor"}])

    assert with_it == scored(flawed, [{"lines": 4}])


def test_another_category_that_the_author_accepts_counts_as_well() -> None:
    flawed = two_defects(also=["requirement"])

    assert scored(flawed, [{"lines": 4, "category": "requirement"}]) == scored(
        flawed, [{"lines": 4, "category": "logic"}]
    )


def test_lines_beyond_the_defect_cost_their_share() -> None:
    narrow, wide = (
        scored(two_defects(), [{"lines": "4-5"}]),
        scored(two_defects(), [{"lines": "3-6"}]),
    )

    half = 0.5 * 0.30 / 0.55
    alarm = 0.25 * 1.5 * 0.5
    assert narrow == round(100 * 2 * 0.30 / 0.55 / 3, 1)
    assert wide == round(100 * (2 * half - alarm) / 3, 1)


def test_one_comment_is_about_one_defect() -> None:
    text = "".join(f"v{at} = {at}\n" for at in range(1, 26))
    shared = {"explain": "Wrong.", "corrected": "x = 1", "witness": {"reason": "style"}}
    defects = [
        {"id": "one", "lines": "4", "category": "logic", "severity": "major", **shared},
        {"id": "two", "lines": "5", "category": "data", "severity": "major", **shared},
    ]
    found = judged(exercise(text, defects), review([{"lines": "4-5", "category": "data"}]))

    assert found.details["review"]["hits"] == 1
    assert [each["found"] for each in found.details["review"]["defects"]] == [False, True]


def test_comments_go_where_they_are_worth_most_together() -> None:
    text = "".join(f"v{at} = {at}\n" for at in range(1, 26))
    shared = {"explain": "Wrong.", "corrected": "x = 1", "witness": {"reason": "style"}}
    defects = [
        {"id": "one", "lines": "4", "category": "logic", "severity": "minor", **shared},
        {"id": "two", "lines": "5", "category": "data", "severity": "critical", **shared},
    ]
    findings = [{"lines": "4-5", "category": "data"}, {"lines": "5", "category": "data"}]

    found = judged(exercise(text, defects), review(findings)).details["review"]

    assert found["hits"] == 2
    assert found["false_alarms"] == 0
    assert [each["finding"] for each in found["defects"]] == [1, 2]


def test_a_flagged_decoy_is_a_false_alarm_and_is_counted_as_a_decoy() -> None:
    text = "".join(f"v{at} = {at}\n" for at in range(1, 26))
    clean = exercise(text, [], decoys=[{"id": "odd", "lines": "7-8", "reason": "It is right."}])

    found = judged(clean, review([{"lines": 8, "sure": "certain"}], "use")).details["review"]

    assert (found["false_alarms"], found["decoys_flagged"], found["decoys_shown"]) == (1, 1, 1)
    assert found["findings"][0]["outcome"] == "decoy"
    assert found["findings"][0]["sure"] == "certain"


def test_finding_everything_and_approving_it_does_not_pass() -> None:
    known = item(3)

    verdict = judged(known, review(oracle(known), "use"))

    assert verdict.score == 100.0
    assert verdict.status is Status.FAILED
    assert verdict.details["review"]["bad_work_approved"]
