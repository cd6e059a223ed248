"""`manage.py test` ends with the right code and pytest's own closing lines."""

from __future__ import annotations

import pytest

from tests import run

PASSED, FAILED = (0, "7 passed"), (1, "1 failed, 6 passed")


@pytest.mark.parametrize(
    ("results", "arguments", "code"),
    [
        ([PASSED, PASSED], [], 0),
        ([FAILED], [], 1),
        ([PASSED, FAILED], [], 1),
        ([PASSED, (run.NOTHING_TO_RUN, "no tests ran")], ["tests/grader"], 0),
        ([PASSED, (run.NOTHING_TO_RUN, "no tests ran")], [], run.NOTHING_TO_RUN),
        ([(run.NOTHING_TO_RUN, "no tests ran")], ["-k", "typo"], run.NOTHING_TO_RUN),
    ],
)
def test_both_passes_must_pass(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    results: list[tuple[int, str]],
    arguments: list[str],
    code: int,
) -> None:
    waiting = iter(results)
    monkeypatch.setattr(run, "_pass", lambda *_, **__: next(waiting))

    assert run.everything(arguments) == code

    assert next(waiting, None) is None
    assert capsys.readouterr().out.strip().splitlines() == [line for _, line in results]
