"""One submission as its result panel shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from countersign.common import markdown
from countersign.grading.models import Result, Run
from countersign.grading.services.following import Following, follow, revealed, usual_seconds
from countersign.regrades.services import told
from countersign.submissions.models import COUNTED, State, Submission
from countersign.web import panel
from countersign.web.learn.desk import Desk
from countersign.web.learn.links import course_url, step_url
from countersign.web.model_words import why_no_reply
from grader.verdict import RequirementResult, TestResult, TestStatus, Verdict

PACES = (
    (timedelta(seconds=1), "100ms"),
    (timedelta(seconds=3), "400ms"),
    (timedelta(seconds=15), "1s"),
    (timedelta(minutes=1), "2s"),
)
TOLD_IN_PANEL = frozenset({"build", "chain", "decide", "review", "test", "prompt", "explain"})
"""Kinds whose panel says what the verdict reveals."""

EXCERPT = 2
"""Lines shown before and after the one with the problem."""


def clock_time(moment: datetime) -> str:
    """Today a time of the clock, on other days the date with it."""
    local = timezone.localtime(moment)
    time = formats.time_format(local, "H:i")
    if local.date() == timezone.localdate():
        return time
    return _("%(date)s, %(time)s") % {"date": formats.date_format(local, "j F"), "time": time}


def length(span: timedelta) -> str:
    """A short duration: “0.6 s”."""
    if span < timedelta(seconds=0.1):
        return _("under 0.1 s")
    return _("%(seconds)s s") % {"seconds": formats.number_format(span.total_seconds(), 1)}


def score_words(verdict: Verdict) -> str:
    """“78 of 85”; empty where there is no score."""
    if verdict.score is None:
        return ""
    shown = {"score": f"{verdict.score:g}", "of": f"{verdict.max_score:g}"}
    return _("%(score)s of %(of)s") % shown


def counting_result(submission: Submission) -> Result | None:
    """The result that counts now."""
    return submission.results.filter(superseded_by=None).first()


def panel_run(
    desk: Desk, submission: Submission | None, *, result: Result | None = None
) -> panel.Run:
    """What the result panel of this desk shows of a submission, or of none. ``result`` is one of
    its results that counts no longer, to be read once more."""
    if submission is None:
        return _before(desk)
    state = State(submission.state)
    match state:
        case State.RECEIVED | State.QUEUED | State.RUNNING:
            return _moving(desk, submission)
        case State.PLATFORM_ERROR | State.MODEL_AWAY | State.CANCELLED:
            return _ended_without_result(desk, submission)
        case (
            State.GRADED
            | State.INVALID
            | State.TIMED_OUT
            | State.OUT_OF_MEMORY
            | State.OUTPUT_LIMIT
        ):
            return _with_result(desk, submission, result or counting_result(submission))
        case _:
            assert_never(state)


def _before(desk: Desk) -> panel.Run:
    older = _newest_older_version(desk)
    if older is None:
        return panel.Run(state=panel.State.BEFORE, kind=desk.version.kind)
    return panel.Run(
        state=panel.State.EXERCISE_CHANGED,
        kind=desk.version.kind,
        version=older,
        newer_version=desk.version.number,
        changes_url=desk.urls.attempts,
    )


def _newest_older_version(desk: Desk) -> int | None:
    """The number of an earlier version of this exercise that the learner has handed in on."""
    if desk.place is None:
        return None
    earlier = desk.place.attempts.filter(
        version__exercise=desk.version.exercise_id,
        version__number__lt=desk.version.number,
        submissions__isnull=False,
    )
    return earlier.order_by("-version__number").values_list("version__number", flat=True).first()


def _moving(desk: Desk, submission: Submission) -> panel.Run:
    following = follow(submission)
    state = _moving_state(submission, following)
    saved_at = clock_time(submission.received_at)
    last = _total_of_last_result(desk)
    return panel.Run(
        state=state,
        kind=desk.version.kind,
        attempt=submission.number,
        stages=_stages(desk, submission, state, following.run),
        saved_at=saved_at,
        usual=_usual(),
        ahead=following.ahead,
        model=following.run.generator,
        total=last,
        poll=_pace(submission),
        status_url=desk.urls.status,
        cancel_url=desk.urls.stop,
    )


def _moving_state(submission: Submission, following: Following) -> panel.State:
    if submission.state == State.RUNNING:
        return panel.State.RUNNING
    if following.run.waits_for_a_model:
        return panel.State.WRITING
    return panel.State.WAITING if following.held_up else panel.State.QUEUED


def _pace(submission: Submission) -> str:
    """Ask quickly while most results arrive, then each second, then more and more seldom."""
    waited = timezone.now() - submission.received_at
    return next((pace for until, pace in PACES if waited < until), "5s")


def _usual() -> str:
    """“1 to 2 seconds”, from the last runs."""
    known = usual_seconds()
    if known is None:
        return ""
    least, most = (max(1, round(seconds)) for seconds in known)
    if least == most:
        return ngettext("about %(n)s second", "about %(n)s seconds", most) % {"n": most}
    return _("%(least)s to %(most)s seconds") % {"least": least, "most": most}


def _stages(
    desk: Desk, submission: Submission, state: panel.State, run: Run, *, checks: int = 0
) -> tuple[panel.Stage, ...]:
    """The steps of a run with their times."""
    claimed, finished = run.claimed_at, run.finished_at
    return panel.stages(
        state,
        kind=desk.version.kind,
        saved_at=clock_time(submission.received_at),
        checks=checks,
        waited=length(claimed - run.queued_at) if claimed else "",
        took=length(finished - claimed) if claimed and finished else "",
    )


def _total_of_last_result(desk: Desk) -> int:
    if desk.attempt is None:
        return 0
    totals = Result.objects.visible_to(desk.attempt.enrolment.learner).filter(
        submission__attempt=desk.attempt, tests_total__gt=0
    )
    return totals.order_by("-made_at").values_list("tests_total", flat=True).first() or 0


def _ended_without_result(desk: Desk, submission: Submission) -> panel.Run:
    following = follow(submission)
    state = panel.State(submission.state)
    saved_at = clock_time(submission.received_at)
    return panel.Run(
        state=state,
        kind=desk.version.kind,
        attempt=submission.number,
        counted=False,
        stages=_stages(desk, submission, state, following.run),
        saved_at=saved_at,
        tries=following.run.claims,
        model=following.run.generator,
        why=why_no_reply(following.run.trouble),
        reference=str(following.run.pk)[:8] if state is panel.State.PLATFORM_ERROR else "",
        retry_url=desk.urls.again,
    )


def _with_result(desk: Desk, submission: Submission, result: Result | None) -> panel.Run:
    assert result is not None, "a graded submission has a result"
    verdict = result.verdict
    state = panel.State(verdict.status.value)
    saved_at = clock_time(submission.received_at)
    excerpt, first = _excerpt(submission, verdict)
    next_url, next_label = _next(desk)
    return panel.Run(
        state=state,
        kind=desk.version.kind,
        attempt=submission.number,
        counted=submission.state in COUNTED,
        stages=_stages(desk, submission, state, follow(submission).run, checks=len(verdict.tests)),
        saved_at=saved_at,
        passed=verdict.tests_passed,
        total=len(verdict.tests),
        requirements=requirement_rows(verdict.requirements),
        examples=example_rows(verdict.tests),
        problem=verdict.problem,
        excerpt=excerpt,
        excerpt_from=first,
        printed=verdict.output,
        limit=_limit(desk, state),
        tries=_tries(submission) if state is panel.State.PASSED else 0,
        decided=_decided(result, verdict),
        score=score_words(verdict),
        found=revealed(result) if desk.version.kind in TOLD_IN_PANEL else {},
        next_url=next_url,
        next_label=next_label,
        regraded=_regraded(desk, result),
    )


def _regraded(desk: Desk, result: Result) -> panel.Regraded | None:
    """What a regrade changed about this result, if one did."""
    said = told(result)
    if said is None:
        return None
    other = said.after if said.undone else said.before
    return panel.Regraded(
        before=result_words(said.before),
        after=result_words(said.after),
        at=clock_time(said.at),
        why=said.why,
        undone=said.undone,
        earlier_url=earlier_url(desk, other),
    )


def result_words(result: Result) -> str:
    """“78 of 85”, or how it ended without a score."""
    if result.score is None:
        return str(State(result.status).label)
    shown = {"score": f"{float(result.score):g}", "of": f"{float(result.max_score):g}"}
    return _("%(score)s of %(of)s") % shown


def earlier_url(desk: Desk, result: Result) -> str:
    """Where a result that counts no longer is read; empty where attempts have no page."""
    if desk.spot is None:
        return ""
    attempt = result.submission.attempt
    on = "" if attempt.version_id == desk.spot.version_id else f"&version={attempt.version.number}"
    return f"{desk.urls.attempts}{result.submission.number}/?result={result.pk}{on}"


def _tries(submission: Submission) -> int:
    """The counted tries up to this one."""
    return submission.attempt.submissions.filter(
        state__in=COUNTED, number__lte=submission.number
    ).count()


def requirement_rows(rules: tuple[RequirementResult, ...]) -> tuple[panel.Requirement, ...]:
    """The rules as the panel shows them, in the brief's order."""
    return tuple(
        panel.Requirement(
            number=number,
            says=markdown.render_inline(rule.says),
            holds=rule.holds,
            passed=rule.passed,
            total=rule.total,
            feedback=markdown.render_inline(rule.feedback),
        )
        for number, rule in enumerate(rules, start=1)
    )


def example_rows(tests: tuple[TestResult, ...]) -> tuple[panel.Example, ...]:
    """The checks that the author lets learners see, those that don't hold first."""
    shown = [test for test in tests if test.visible and (test.called or test.expected)]
    shown.sort(key=lambda test: test.status is TestStatus.PASSED)
    return tuple(
        panel.Example(
            called=test.called or test.title,
            expected=test.expected,
            gave=test.got,
            same=test.status is TestStatus.PASSED,
            title=test.title,
        )
        for test in shown
    )


def _excerpt(submission: Submission, verdict: Verdict) -> tuple[str, int]:
    """The learner's lines around the problem, and the number of the first of them."""
    problem = verdict.problem
    if problem is None or not problem.line:
        return "", 1
    files = submission.as_answer.files
    text = files.get(problem.file) if problem.file else next(iter(files.values()), "")
    lines = (text or "").split("\n")
    if problem.line > len(lines):
        return "", 1
    first = max(1, problem.line - EXCERPT)
    return "\n".join(lines[first - 1 : problem.line + EXCERPT]), first


def _limit(desk: Desk, state: panel.State) -> str:
    limits = desk.version.shown.get("limits", {})
    if state is panel.State.TIMED_OUT and (seconds := limits.get("cpu_per_case")):
        said = formats.number_format(seconds).removesuffix(".0")
        return ngettext("%(n)s second", "%(n)s seconds", round(seconds)) % {"n": said}
    if state is panel.State.OUT_OF_MEMORY and (memory := limits.get("memory_mb")):
        return _("%(n)s MB") % {"n": memory}
    if state is panel.State.OUTPUT_LIMIT and (size := limits.get("output_bytes")):
        return (
            _("%(n)s KB") % {"n": size // 1024} if size >= 1024 else _("%(n)s bytes") % {"n": size}
        )
    return ""


def _decided(result: Result, verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """What judged the work, as names and values."""
    total = verdict.phases.get("total")
    rows = [
        (_("Judged by"), verdict.engine),
        (_("Run inside"), verdict.isolation),
        (_("Proof"), _weaker(verdict)),
        (_("Python"), verdict.versions.get("python", "")),
        (_("Version of the exercise"), str(result.judged_by.number)),
        (_("Judged at"), clock_time(result.made_at)),
        (_("Time it took"), length(timedelta(seconds=total)) if total else ""),
    ]
    return tuple((name, value) for name, value in rows if value)


def _weaker(verdict: Verdict) -> str:
    """Said where the author chose to run tests in the same process as the work."""
    if "tests" not in verdict.versions:
        return ""
    return _("Weaker: the tests ran in the same process as your code")


def _next(desk: Desk) -> tuple[str, str]:
    """Where to go from here, and what to call it."""
    if desk.spot is None:
        return desk.urls.after, _("Keep this and go on")
    after = desk.around[1]
    module = desk.spot.lesson.module
    if after is None:
        return course_url(module.course), _("Back to the course")
    label = _("Next exercise") if after.place else _("Next lesson")
    return step_url(module.course, after), label
