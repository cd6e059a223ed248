"""``python -m grader``: grade an answer, check exercises, look at the sandbox, write schemas."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grader import schema, words
from grader.answer import AnswerError, names_in, read_answer
from grader.authored.problems import AuthorProblem, ExerciseError
from grader.bench.report import page as bench_page
from grader.bench.run import measure
from grader.bench.soak import grew, soak
from grader.checking import CheckReport, check_path
from grader.curriculum import coverage, load_curriculum
from grader.drafts import load_draft
from grader.engine import Tools, grade
from grader.exercise import Exercise
from grader.progress import Progress
from grader.sandbox import SandboxUnavailable, examine, open_sandbox
from grader.sandbox.base import HarnessBroken, Isolation
from grader.verdict import TestStatus, Verdict

DONE, PROBLEMS, BAD_EXERCISE, NO_SANDBOX = 0, 1, 2, 3
SCHEMA_FOLDER = Path("curriculum/schema")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 done; 1 problems found; 2 can't be read; 3 the sandbox can't."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except SandboxUnavailable as error:
        return _refuse(options, NO_SANDBOX, f"Nothing was graded. {error}")
    except HarnessBroken as error:
        return _refuse(options, NO_SANDBOX, f"Nothing was graded, and the fault is ours: {error}")
    except ExerciseError as error:
        return _refuse(options, BAD_EXERCISE, "The exercise can't be used.", error.problems)
    except AnswerError as error:
        return _refuse(options, BAD_EXERCISE, f"The answer can't be read: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grader", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    grading = commands.add_parser("grade", help="grade answers; exits 0 whatever the verdicts")
    grading.add_argument("exercise", type=Path, help="the exercise's folder; a draft will do")
    grading.add_argument("answers", type=Path, nargs="+", help="a file, or a folder of files")
    grading.set_defaults(command=_grade)

    checking = commands.add_parser("check", help="prove an exercise or a whole curriculum")
    checking.add_argument("path", type=Path, help="an exercise's folder, or the curriculum's")
    checking.set_defaults(command=_check)

    doctor = commands.add_parser("doctor", help="try the sandbox's walls on this machine")
    doctor.set_defaults(command=_doctor)

    for command in (grading, checking, doctor):
        command.add_argument("--json", action="store_true", help="print JSON")
    for command in (grading, checking):
        command.add_argument(
            "--insecure-no-isolation",
            dest="insecure",
            action="store_true",
            help="run code without walls where none can be built; every result says so",
        )

    bench = commands.add_parser("bench", help="measure how fast grading is, against its peers")
    bench.add_argument("--rounds", type=int, default=40, help="of each way of grading")
    bench.add_argument("--seconds", type=float, default=5.0, help="of each run of the throughput")
    bench.add_argument(
        "--write", type=Path, help="the page to write, such as docs/performance/grader.md"
    )
    bench.add_argument("--repeats", type=int, default=3, help="of each run of the throughput")
    bench.set_defaults(command=_bench, json=False)

    soaking = commands.add_parser("soak", help="grade many programs and look for what grows")
    soaking.add_argument("--count", type=int, default=10_000)
    soaking.set_defaults(command=_soak, json=False)

    schemas = commands.add_parser("schema", help="write the file format as JSON Schema")
    schemas.add_argument("--folder", type=Path, default=SCHEMA_FOLDER)
    schemas.add_argument("--check", action="store_true", help="only say whether they are fresh")
    schemas.set_defaults(command=_schema, json=False)

    covered = commands.add_parser("coverage", help="say which skills and kinds a curriculum covers")
    covered.add_argument("curriculum", type=Path)
    covered.add_argument("--write", type=Path, help="the page to write")
    covered.add_argument("--check", type=Path, help="only say whether this page is fresh")
    covered.set_defaults(command=_coverage, json=False)
    return parser


def _grade(options: argparse.Namespace) -> int:
    folder, paths = _folder(options.exercise), options.answers
    exercise = load_draft(folder, answer={name for path in paths for name in names_in(path)})
    several = len(paths) > 1
    with closing(open_sandbox(insecure=options.insecure)) as sandbox:
        codes = [
            _grade_one(path, exercise, Tools(sandbox=sandbox), options, named=several)
            for path in paths
        ]
    return max(codes)


def _grade_one(
    path: Path, exercise: Exercise, tools: Tools, options: argparse.Namespace, *, named: bool
) -> int:
    """Grade one answer and print its verdict; of several, each on a line that names it."""
    try:
        verdict = grade(exercise, read_answer(path, exercise), tools=tools)
    except AnswerError as error:
        if not named:
            raise
        print(json.dumps({"answer": str(path), "error": str(error)}) if options.json else error)
        return BAD_EXERCISE
    if not options.json:
        print(f"{path}: {_verdict_words(verdict)}" if named else _verdict_words(verdict))
    elif named:
        print(json.dumps({"answer": str(path), **_verdict_json(verdict)}, ensure_ascii=False))
    else:
        _print_json(_verdict_json(verdict))
    return DONE


def _check(options: argparse.Namespace) -> int:
    with (
        closing(open_sandbox(insecure=options.insecure)) as sandbox,
        Progress(sys.stderr) as progress,
    ):
        report = check_path(_folder(options.path), tools=Tools(sandbox=sandbox), progress=progress)
    if options.json:
        problems = [problem.as_json() for problem in report.problems]
        notes = [note.as_json() for note in report.notes]
        _print_json({"exercises": report.exercises, "problems": problems, "notes": notes})
    else:
        print(_report_words(report))
    return PROBLEMS if report.problems else DONE


def _doctor(options: argparse.Namespace) -> int:
    report = examine()
    code = NO_SANDBOX if report.isolation is Isolation.NONE else DONE
    if options.json:
        _print_json(asdict(report))
        return code
    print(report.summary)
    for wall in report.walls:
        state = "holds" if wall.holds else "OPEN " if wall.needed else "  –  "
        print(f"  {state}  {wall.name}  {wall.detail}".rstrip())
        if wall.improve:
            print(f"         {wall.improve}")
    return code


def _bench(options: argparse.Namespace) -> int:
    measured = measure(
        rounds=options.rounds, seconds=options.seconds, repeats=options.repeats, say=_aside
    )
    text = bench_page(measured)
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        options.write.write_text(text)
    else:
        print(text)
    return DONE if all(found.kept for found in measured.targets) else PROBLEMS


def _soak(options: argparse.Namespace) -> int:
    before, after = soak(options.count, say=_aside)
    print(f"before {options.count} programs: {before}\nafter them: {after}")
    return PROBLEMS if grew(before, after) else DONE


def _aside(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _schema(options: argparse.Namespace) -> int:
    if not options.check:
        changed = schema.write(options.folder)
        print(f"{options.folder}: {', '.join(changed) or 'nothing'} changed")
        return DONE
    old = schema.stale(options.folder)
    for name in old:
        print(f"{options.folder / name}: out of date. Run `python -m grader schema`.")
    return PROBLEMS if old else DONE


def _folder(path: Path) -> Path:
    if path.is_dir():
        return path
    problem = AuthorProblem(
        file=str(path), message="There is no such folder.", remedy="Check the path."
    )
    raise ExerciseError([problem])


def _refuse(
    options: argparse.Namespace, code: int, message: str, problems: Sequence[AuthorProblem] = ()
) -> int:
    if options.json:
        named = [problem.as_json() for problem in problems]
        _print_json({"error": message, "problems": named})
    else:
        print(message, *problems, sep="\n", file=sys.stderr)
    return code


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    return {**verdict.as_json(), "tests_passed": verdict.tests_passed}


def _verdict_words(verdict: Verdict) -> str:
    score = "" if verdict.score is None else f" · {verdict.score:g} of {verdict.max_score:g}"
    lines = [f"{verdict.status.value}{score} · {words.headline(verdict)}"]
    for test in verdict.tests:
        mark = "✓" if test.status is TestStatus.PASSED else "✗"
        lines.append(f"  {mark} {test.title or test.id}  {test.message}".rstrip())
    lines += [f"→ {issue}" for issue in words.issues(verdict)]
    lines.append(f"({verdict.engine}, {verdict.isolation}, {verdict.phases['total']:.3f} s)")
    return "\n".join(lines)


def _report_words(report: CheckReport) -> str:
    lines = [str(problem) for problem in report.problems]
    notes = [f"note: {note}" for note in report.notes]
    found = f"{len(lines)} problem{'s' if len(lines) != 1 else ''}" if lines else "no problem"
    counted = f"{report.exercises} exercise{'s' if report.exercises != 1 else ''}"
    return "\n".join([*lines, *notes, f"{counted} checked, {found}."])


def _coverage(options: argparse.Namespace) -> int:
    curriculum = load_curriculum(options.curriculum)
    if curriculum.problems:
        return _refuse(options, BAD_EXERCISE, "It can't be read.", curriculum.problems)
    page = coverage.page(curriculum)
    if options.check:
        fresh = options.check.exists() and options.check.read_text("utf-8") == page
        print(f"{options.check}: {'fresh' if fresh else 'not fresh; write it with --write'}")
        return DONE if fresh else PROBLEMS
    if options.write:
        options.write.write_text(page, "utf-8")
    else:
        print(page, end="")
    return DONE
