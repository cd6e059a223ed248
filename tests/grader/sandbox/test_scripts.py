"""Running a learner's program as a script."""

from __future__ import annotations

from collections.abc import Mapping

from grader.sandbox import Sandbox
from grader.sandbox.base import Ended, Limits, Outcome, Program, ScriptRun
from tests.grader.sandbox.told import raised_in

QUICK = Limits(cpu_per_case=0.5, wall_per_case=60.0, wall_total=300.0)


def runs(
    sandbox: Sandbox,
    source: str,
    *inputs: str,
    limits: Limits = QUICK,
    main: str = "solution.py",
    files: Mapping[str, str] | None = None,
) -> tuple[Outcome, ...]:
    program = Program(files={main: source, **(files or {})}, main=main)
    asked = [ScriptRun(id=str(number), stdin=stdin) for number, stdin in enumerate(inputs)]
    return sandbox.run_script(program, asked, limits)


def test_a_script_reads_its_input_and_prints(sandbox: Sandbox) -> None:
    first, second = runs(sandbox, "print(int(input()) + int(input()))", "2\n3\n", "4\n5\n")
    assert (first.ended, first.stdout) == (Ended.RETURNED, "5\n")
    assert second.stdout == "9\n"


def test_every_run_is_a_fresh_process(sandbox: Sandbox) -> None:
    source = "import os\nprint(os.path.exists('a'))\nopen('a', 'w')"
    assert [run.stdout for run in runs(sandbox, source, "", "")] == ["False\n", "False\n"]


def test_a_script_is_main(sandbox: Sandbox) -> None:
    (run,) = runs(
        sandbox, "if __name__ == '__main__':\n    print(__file__[-7:])", "", main="shop.py"
    )
    assert run.stdout == "shop.py\n"


def test_a_script_imports_the_files_beside_it(sandbox: Sandbox) -> None:
    (run,) = runs(sandbox, "import rates\nprint(rates.FEE)", "", files={"rates.py": "FEE = 4"})
    assert run.stdout == "4\n"


def test_leaving_with_zero_is_success_and_with_another_status_is_not(sandbox: Sandbox) -> None:
    for leaving in ("exit()", "import sys; sys.exit(0)", "raise SystemExit", "quit()"):
        (run,) = runs(sandbox, f"print(1)\n{leaving}", "")
        assert (run.ended, run.stdout) == (Ended.RETURNED, "1\n")
    (run,) = runs(sandbox, "print(1)\nexit('no')", "")
    assert (run.ended, raised_in(run).name) == (Ended.RAISED, "SystemExit")


def test_what_a_script_leaves_for_the_end_happens(sandbox: Sandbox) -> None:
    source = (
        "import atexit, threading, time\n"
        "atexit.register(print, 'bye')\n"
        "threading.Thread(target=lambda: (time.sleep(0.05), print('late'))).start()\n"
        "print('last line')"
    )
    (run,) = runs(sandbox, source, "")
    assert run.stdout == "last line\nlate\nbye\n"


def test_too_little_input_is_an_end_of_file(sandbox: Sandbox) -> None:
    (run,) = runs(sandbox, "print('n?')\ninput()", "")
    raised = raised_in(run)
    assert (raised.name, raised.line, run.stdout) == ("EOFError", 2, "n?\n")


def test_a_long_input_arrives_whole(sandbox: Sandbox) -> None:
    (run,) = runs(sandbox, "import sys\nprint(len(sys.stdin.read()))", "x" * 900_000)
    assert run.stdout == "900000\n"


def test_a_byte_order_mark_and_other_alphabets_do_no_harm(sandbox: Sandbox) -> None:
    (run,) = runs(sandbox, "\ufeffprint('naïve 😀')", "")
    assert run.stdout == "naïve 😀\n"


def test_what_was_printed_before_a_crash_is_kept(sandbox: Sandbox) -> None:
    (run,) = runs(sandbox, "print('before', flush=True)\nimport os\nos._exit(3)", "")
    assert (run.ended, run.stdout) == (Ended.DIED, "before\n")


def test_output_past_the_limit_is_cut_and_said(sandbox: Sandbox) -> None:
    limits = Limits(output_bytes=1000)
    (run,) = runs(sandbox, "while True: print('x' * 99)", "", limits=limits)
    assert run.ended is Ended.OUTPUT_LIMIT
    assert len(run.stdout) == 1000


def test_inputs_after_the_time_is_up_are_not_run(sandbox: Sandbox) -> None:
    limits = Limits(cpu_per_case=0.3, cpu_total=0.3)
    ended = [run.ended for run in runs(sandbox, "while True: pass", "", "", limits=limits)]
    assert ended == [Ended.TIMED_OUT, Ended.NOT_RUN]
