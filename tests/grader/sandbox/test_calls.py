"""Calling a learner's functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from grader.sandbox import Sandbox
from grader.sandbox.base import Call, Ended, HarnessBroken, Limits, Outcome, Program
from grader.sandbox.codec import encode, same
from tests.grader.sandbox.told import raised_in

QUICK = Limits(cpu_per_case=0.5, cpu_total=3.0, wall_per_case=60.0, wall_total=300.0)


def outcomes(
    sandbox: Sandbox,
    source: str,
    *calls: tuple[Any, ...],
    limits: Limits = QUICK,
    files: Mapping[str, str] | None = None,
) -> tuple[Outcome, ...]:
    program = Program(files={"solution.py": source, **(files or {})})
    made = [
        Call(id=str(number), function=function, args=args)
        for number, (function, *args) in enumerate(calls)
    ]
    return sandbox.run_calls(program, made, limits)


def only(
    sandbox: Sandbox,
    source: str,
    *call: Any,
    limits: Limits = QUICK,
    files: Mapping[str, str] | None = None,
) -> Outcome:
    (outcome,) = outcomes(sandbox, source, call, limits=limits, files=files)
    return outcome


def test_a_call_returns_its_value_and_what_it_printed(sandbox: Sandbox) -> None:
    outcome = only(sandbox, "def f(n):\n    print('seen', n)\n    return {n: [n]}", "f", 3)
    assert outcome.ended is Ended.RETURNED
    assert same(encode({3: [3]}), outcome.value)
    assert outcome.stdout == "seen 3\n"


def test_keyword_arguments_arrive(sandbox: Sandbox) -> None:
    program = Program(files={"solution.py": "def f(a, *, b=1): return a - b"})
    (outcome,) = sandbox.run_calls(
        program, [Call(id="a", function="f", args=(5,), kwargs={"b": 2})], QUICK
    )
    assert outcome.value == 3


def test_the_arguments_after_the_call_are_told(sandbox: Sandbox) -> None:
    outcome = only(sandbox, "def f(items, n): items.sort()", "f", [3, 1, 2], 7)
    assert outcome.mutated == [[1, 2, 3], 7]


def test_an_exception_comes_back_as_words_with_the_learners_own_frames(sandbox: Sandbox) -> None:
    source = "import json\n\n\ndef f(text):\n    return json.loads(text)\n"
    raised = raised_in(only(sandbox, source, "f", "{"))
    assert (raised.name, raised.file, raised.line) == ("JSONDecodeError", "solution.py", 5)
    assert raised.bases[0] == "ValueError"
    assert "json/" not in raised.traceback
    assert "return json.loads(text)" in raised.traceback


def test_a_learners_own_exception_tells_its_built_in_ancestors(sandbox: Sandbox) -> None:
    source = "class Broke(KeyError): pass\ndef f(): raise Broke('x')"
    raised = raised_in(only(sandbox, source, "f"))
    assert raised.name == "Broke"
    assert raised.bases == ("KeyError", "LookupError", "Exception", "BaseException")


def test_a_deep_recursion_shows_both_ends_of_its_traceback(sandbox: Sandbox) -> None:
    raised = raised_in(only(sandbox, "def f(n): return f(n + 1)", "f", 0))
    assert raised.name == "RecursionError"
    assert raised.traceback.count("in f") <= 8
    assert "…" in raised.traceback


@pytest.mark.parametrize(
    ("body", "ended"),
    [
        ("while True: pass", Ended.TIMED_OUT),
        ("return len(bytearray(1 << 31))", Ended.OUT_OF_MEMORY),
        ("while True: print('x' * 1000)", Ended.OUTPUT_LIMIT),
        ("import os; os._exit(0)", Ended.DIED),
        ("import ctypes; ctypes.string_at(0)", Ended.DIED),
        ("open('a', 'wb').write(bytes(17 << 20))", Ended.RAISED),
    ],
)
def test_a_call_that_ends_its_process_ends_only_itself(
    sandbox: Sandbox, body: str, ended: Ended
) -> None:
    source = f"def bad():\n    {body}\ndef good(): return 1"
    before, bad, after = outcomes(sandbox, source, ("good",), ("bad",), ("good",))
    assert (before.value, bad.ended, after.value) == (1, ended, 1)


def test_a_call_that_sleeps_is_stopped_by_the_wall_clock(sandbox: Sandbox) -> None:
    limits = Limits(cpu_per_case=0.5, wall_per_case=0.3)
    source = "import time\ndef f(): time.sleep(600)"
    assert only(sandbox, source, "f", limits=limits).ended is Ended.TIMED_OUT


def test_the_time_of_all_calls_together_is_limited(sandbox: Sandbox) -> None:
    source = "def f():\n    while True: pass"
    limits = Limits(cpu_per_case=0.2, cpu_total=0.5)
    ended = [outcome.ended for outcome in outcomes(sandbox, source, *[("f",)] * 5, limits=limits)]
    assert ended[:2] == [Ended.TIMED_OUT] * 2
    assert ended[-1] is Ended.NOT_RUN


def test_a_program_that_does_not_parse_is_not_run(sandbox: Sandbox) -> None:
    first, second = outcomes(sandbox, "def f(:\n  pass", ("f",), ("f",))
    assert first.ended is second.ended is Ended.NOT_RUN
    raised = raised_in(first)
    assert (raised.name, raised.file, raised.line) == ("SyntaxError", "solution.py", 1)


def test_an_exception_at_import_is_never_taken_for_a_calls_own(sandbox: Sandbox) -> None:
    outcome = only(sandbox, "raise ValueError('top')", "f")
    assert outcome.ended is Ended.NOT_RUN
    assert raised_in(outcome).name == "ValueError"


def test_a_missing_function_is_named(sandbox: Sandbox) -> None:
    outcome = only(sandbox, "def late_fees(): pass", "late_fee")
    assert outcome.ended is Ended.NOT_RUN
    assert raised_in(outcome).name == "MissingFunction"
    assert "late_fee" in raised_in(outcome).message


def test_an_attribute_error_inside_a_call_is_the_calls_own(sandbox: Sandbox) -> None:
    outcome = only(sandbox, "def f(): return (1).upper()", "f")
    assert (outcome.ended, raised_in(outcome).name) == (Ended.RAISED, "AttributeError")


def test_exit_in_a_call_is_an_exception_like_any_other(sandbox: Sandbox) -> None:
    outcome = only(sandbox, "def f(): exit(3)", "f")
    assert (outcome.ended, raised_in(outcome).name) == (Ended.RAISED, "SystemExit")


def test_a_program_may_have_several_files(sandbox: Sandbox) -> None:
    files = {"rates.py": "FEE = 4", "shop/__init__.py": "", "shop/till.py": "def add(n): return n"}
    source = "from rates import FEE\nfrom shop.till import add\ndef f(): return add(FEE)"
    assert only(sandbox, source, "f", files=files).value == 4


def test_a_program_may_write_and_read_files_of_its_own(sandbox: Sandbox) -> None:
    source = "def f():\n    open('a.txt', 'w').write('hi')\n    return open('a.txt').read()"
    assert only(sandbox, source, "f").value == "hi"


def test_nothing_is_left_for_the_next_program(sandbox: Sandbox) -> None:
    only(sandbox, "def f(): open('left.txt', 'w').write('x')", "f")
    assert only(sandbox, "import os\ndef f(): return os.listdir('.')", "f").value == ["solution.py"]


@pytest.mark.parametrize("name", ["../out.py", "/etc/x.py", "", "a/../../b.py", "a\x00.py"])
def test_a_file_name_that_leads_outside_is_refused(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(HarnessBroken):
        only(sandbox, "def f(): pass", "f", files={name: ""})


def test_state_lasts_from_call_to_call(sandbox: Sandbox) -> None:
    source = "seen = []\ndef f(n):\n    seen.append(n)\n    return len(seen)"
    values = [outcome.value for outcome in outcomes(sandbox, source, ("f", 1), ("f", 2))]
    assert values == [1, 2]


def test_a_run_is_repeatable_where_sets_have_an_order(sandbox: Sandbox) -> None:
    source = "def f(): return list({'a', 'b', 'c', 'd', 'e', 'f', 'g'})"
    assert only(sandbox, source, "f").value == only(sandbox, source, "f").value


def test_chance_differs_from_run_to_run(sandbox: Sandbox) -> None:
    source = "import random\ndef f(): return random.random()"
    assert only(sandbox, source, "f").value != only(sandbox, source, "f").value


def test_a_value_that_is_no_value_is_opaque(sandbox: Sandbox) -> None:
    source = "class Box: pass\ndef f(): return [Box()]"
    assert only(sandbox, source, "f").value == [{"opaque": "Box object"}]


def test_text_that_no_database_takes_is_made_storable(sandbox: Sandbox) -> None:
    source = "def f():\n    print('a\\x00b')\n    raise ValueError('c\\ud800\\x00')"
    outcome = only(sandbox, source, "f")
    for text in (outcome.stdout, raised_in(outcome).message):
        assert "\x00" not in text
        text.encode()


def together(*numbers: int, group: str = "a") -> list[Call]:
    return [Call(id=f"{group}{n}", function="f", args=(n,), group=group) for n in numbers]


def test_calls_told_together_keep_their_own_words_and_order(sandbox: Sandbox) -> None:
    program = Program(
        files={"solution.py": "def f(n):\n    if n % 2: print('said', n)\n    return n * n\n"}
    )
    outcomes = sandbox.run_calls(program, together(*range(9)), QUICK)
    assert [outcome.value for outcome in outcomes] == [n * n for n in range(9)]
    assert [outcome.stdout for outcome in outcomes] == [
        f"said {n}\n" if n % 2 else "" for n in range(9)
    ]


def test_an_end_among_calls_told_together_costs_that_call_alone(sandbox: Sandbox) -> None:
    source = "import os\ndef f(n):\n    if n == 1: os._exit(0)\n    return n\n"
    outcomes = sandbox.run_calls(
        Program(files={"solution.py": source}), together(0, 1, 2, 3), QUICK
    )
    assert [outcome.ended for outcome in outcomes] == [
        Ended.RETURNED,
        Ended.DIED,
        Ended.RETURNED,
        Ended.RETURNED,
    ]


def test_no_call_of_the_next_group_is_there_before_the_last_has_answered(
    sandbox: Sandbox,
) -> None:
    source = (
        "import socket\n"
        "def f(n):\n"
        "    line = socket.socket(fileno=3)\n"
        "    try:\n"
        "        return len(line.recv(9999, socket.MSG_PEEK | socket.MSG_DONTWAIT))\n"
        "    except BlockingIOError:\n"
        "        return 'nothing'\n"
        "    finally:\n"
        "        line.detach()\n"
    )
    calls = [*together(1, 2), *together(3, 4, group="b"), Call(id="c", function="f", args=(5,))]
    outcomes = sandbox.run_calls(Program(files={"solution.py": source}), calls, QUICK)
    assert [outcome.value for outcome in outcomes] == ["nothing"] * 5


def test_more_calls_than_fit_into_a_frame_are_all_made(sandbox: Sandbox) -> None:
    program = Program(files={"solution.py": "def f(text): return len(text)"})
    calls = [Call(id=str(n), function="f", args=("x" * 20_000,), group="a") for n in range(40)]
    outcomes = sandbox.run_calls(program, calls, QUICK)
    assert [outcome.value for outcome in outcomes] == [20_000] * 40
