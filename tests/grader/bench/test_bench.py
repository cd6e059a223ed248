"""The measurement measures what it says, and says what it found."""

from __future__ import annotations

from grader.bench import peers, targets, work
from grader.bench.measure import Times, in_turns, ratio
from grader.bench.report import Measured, page
from grader.bench.run import _all_reject
from grader.engine import Tools, grade
from grader.sandbox.supervise.sandbox import ProcessSandbox
from grader.verdict import Status


def times(*milliseconds: float) -> Times:
    return Times(seconds=tuple(each / 1000 for each in milliseconds))


def test_all_take_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []
    found = in_turns({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, rounds=3)
    assert order == ["a", "b"] * 4
    assert {name: len(each.seconds) for name, each in found.items()} == {"a": 3, "b": 3}


def test_a_ratio_is_of_medians() -> None:
    assert ratio(times(1, 2, 100), times(4, 4, 4)) == 0.5
    assert times(*range(1, 101)).percentile(95) == 0.096


def test_a_promise_that_is_not_kept_is_said_and_a_peer_that_is_missing_left_out() -> None:
    found = {
        peers.PASS: times(20),
        targets.CASES: times(4),
        targets.CASES_ON_DEMAND: times(8),
        targets.TESTS: times(40),
        targets.LINES: times(40),
        peers.BWRAP_PYTEST: times(400),
    }
    kept = {each.what: each.kept for each in targets.of_times(found)}
    assert list(kept.values()) == [True, True, False, True, True]
    assert not any(peers.BWRAP_LIGHT in what for what in kept)


def test_the_page_has_every_figure() -> None:
    rates = {1: 10.0, 2: 20.0, 4: 21.0}
    text = page(
        Measured(
            isolation="landlock",
            rounds=7,
            times={peers.PASS: times(20), targets.CASES: times(6)},
            rates={peers.PASS: rates, targets.CASES: rates},
            memory=None,
            start=0.5,
            growth={"cases": {1: 0.001, 1000: 0.25}},
            targets=(targets.of_rates(rates, rates),),
        )
    )
    for words in ("landlock", "7 rounds", "| 6.0 | 6.0 | 6.0 | 0.30 |", "1,000", "250.0"):
        assert words in text
    assert "**not kept**" in text
    assert "only root may look" in text


def test_every_way_of_grading_passes_the_right_program_and_fails_the_wrong_one(
    sandbox: ProcessSandbox,
) -> None:
    with peers.peers() as found:
        _all_reject(found, sandbox)
        assert all(peer.run() for peer in found)
    lines = grade(work.by_lines(), work.answer(work.LINES), tools=Tools(sandbox=sandbox))
    assert lines.status is Status.PASSED


def test_the_work_grows_as_it_says() -> None:
    text = work.by_cases(100).files["exercise.yaml"]
    assert text.count("call:") == 100
    assert work.many_tests(10).count("def test_") == 10
