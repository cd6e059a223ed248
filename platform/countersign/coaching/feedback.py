"""The coach's fourth layer: what a model says about a result. It reads; it never writes a score.

A result that was graded gets a row at once, so that the page can say truthfully how things stand.
The work is done by a worker that holds the model's key; everything it says passes the guard.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from pydantic import BaseModel, ConfigDict, Field

from countersign import audit
from countersign.accounts.models import User
from countersign.coaching.guard import Guard
from countersign.coaching.models import Feedback, FeedbackState
from countersign.coaching.prompts import prompt, set_off
from countersign.common import clock
from countersign.exercises.models import graded_exercise
from countersign.grading.models import Lane, Result, SealedVerdict
from countersign.llm import jobs, samples
from countersign.llm.connections import Connection, Role, connection, model_name
from countersign.llm.gateway import Allowance, Question
from countersign.llm.jobs import Write
from countersign.llm.ladder import parsed, structured
from countersign.llm.ledger import Spender
from countersign.llm.trouble import ModelAway, Trouble
from grader.verdict import Verdict

JOB = "feedback"
PROMPT = "feedback/v1"
MOST_ISSUES = 3
LONGEST_FILE = 16_000
WAITED_FOR = timedelta(minutes=10)  # nobody pays a model for history


class Issue(BaseModel):
    """One thing that the model would ask the learner about."""

    model_config = ConfigDict(extra="ignore")

    rule: int = 0
    file: str = ""
    line: int = 0
    quote: str = Field("", max_length=400)
    happens: str = Field(max_length=400)
    question: str = Field(max_length=400)


class Issues(BaseModel):
    """What the coach's model replies with."""

    model_config = ConfigDict(extra="ignore")

    issues: list[Issue] = Field(max_length=12)


@transaction.atomic
def open_feedback(result_id: UUID) -> Feedback | None:
    """Begin the feedback on a result: queue it where a model may help, else say why not.

    None where none is due: a visitor's work, work that passed or wasn't graded, work whose learner
    no longer waits for it. Being asked twice changes nothing.
    """
    result = _result(result_id)
    if not _is_due(result):
        return None
    try:
        with transaction.atomic():
            feedback = Feedback.objects.create(result=result, state=_first_state(result))
    except IntegrityError:
        there: Feedback = Feedback.objects.unscoped().get(result=result)
        return there
    if feedback.state == FeedbackState.WAITING:
        jobs.enqueue(JOB, feedback.pk)
    return feedback


def _is_due(result: Result) -> bool:
    if result.status != "failed" or result.superseded_by_id is not None:
        return False
    if result.submission.attempt.enrolment.learner.is_guest or result.run.lane == Lane.BULK:
        return False
    return clock.now() - result.made_at < WAITED_FOR


def _result(result_id: UUID) -> Result:
    result: Result = (
        Result.objects.unscoped()
        .select_related("submission__attempt__version", "submission__attempt__enrolment__cohort")
        .select_related("submission__attempt__enrolment__learner", "run")
        .get(pk=result_id)
    )
    return result


def _first_state(result: Result) -> FeedbackState:
    attempt = result.submission.attempt
    if not attempt.version.aided:
        return FeedbackState.UNAIDED
    if not model_name(Role.COACH, attempt.enrolment.cohort.organisation_id):
        return FeedbackState.OFF
    return FeedbackState.WAITING


def write(feedback_id: UUID) -> Write:
    """Ask the model. Answers what to change in the database; every trouble is a state."""
    feedback = Feedback.objects.unscoped().get(pk=feedback_id)
    result = _result(feedback.result_id)
    organisation = result.submission.attempt.enrolment.cohort.organisation_id
    found = connection(Role.COACH, organisation)
    if found is None:
        return partial(give_up, feedback_id, Trouble.OFF)
    try:
        issues, withheld = _guarded_issues(result, found)
    except ModelAway as away:
        return partial(give_up, feedback_id, away.trouble)
    state = FeedbackState.READY if issues else FeedbackState.NOTHING
    state = FeedbackState.WITHHELD if withheld and not issues else state
    return partial(_end, feedback_id, state, issues=issues, model=found.model)


def give_up(feedback_id: UUID, trouble: Trouble) -> None:
    """Say why there is no feedback of a model."""
    state = FeedbackState.BUDGET if trouble.is_budget else FeedbackState.AWAY
    state = FeedbackState.OFF if trouble is Trouble.OFF else state
    _end(feedback_id, state, trouble=trouble.value)


def _end(feedback_id: UUID, state: FeedbackState, **facts: Any) -> None:
    used = prompt(PROMPT)
    Feedback.objects.unscoped().filter(pk=feedback_id, state=FeedbackState.WAITING).update(
        state=state, ended_at=clock.now(), prompt=used.name, prompt_hash=used.digest, **facts
    )


def _guarded_issues(result: Result, found: Connection) -> tuple[list[dict[str, Any]], bool]:
    """What may be shown, and whether something was kept back. One rewrite is asked for."""
    question, allowance = _question(result), Allowance()
    guard = guard_of(result)
    kept: list[dict[str, Any]] = []
    withheld = False
    for attempt in range(2):
        issues = _asked(question, found, allowance, attempt, result)
        kept = [shown for issue in issues if (shown := _shown(issue, guard, result))]
        withheld = len(kept) < len(issues)
        if kept or not issues or not allowance.calls:
            break
    return kept[:MOST_ISSUES], withheld


def _asked(
    question: Question, found: Connection, allowance: Allowance, attempt: int, result: Result
) -> list[Issue]:
    """The model's reply, from store if the same was asked before."""
    key = samples.sample_key(
        organisation=result.submission.attempt.enrolment.cohort.organisation_id,
        model=found.model,
        prompt=prompt(PROMPT).digest,
        texts=question.texts,
        attempt=attempt,
    )
    known = samples.kept(key)
    if known is not None:
        return parsed(known, Issues).issues
    issues, reply = structured(question, Issues, connection=found, allowance=allowance)
    samples.keep(key, reply.text, model=found.model)
    return issues.issues


def _question(result: Result) -> Question:
    """Everything the model is told: all of it is what the learner may see."""
    submission = result.submission
    attempt = submission.attempt
    enrolment = attempt.enrolment
    files = {path: text[:LONGEST_FILE] for path, text in submission.as_answer.files.items()}
    return Question(
        role=Role.COACH,
        system=prompt(PROMPT).text,
        texts=(
            set_off("brief", attempt.version.brief),
            set_off("outcome", _outcome(result.verdict)),
            *(
                set_off(f"file {n}", f"{path}\n{text}")
                for n, (path, text) in enumerate(sorted(files.items()), 1)
            ),
        ),
        spender=Spender(
            learner=enrolment.learner_id,
            cohort=enrolment.cohort_id,
            organisation=enrolment.cohort.organisation_id,
            about=submission.pk,
        ),
        prompt=PROMPT,
        names=tuple(enrolment.learner.name.split()),
        max_tokens=700,
    )


def _outcome(verdict: Verdict) -> str:
    """The verdict as the learner sees it: rules by number, shown checks, remarks."""
    lines = [
        f"Rule {n} ({'holds' if rule.holds else 'does not hold'}): {rule.says}"
        for n, rule in enumerate(verdict.requirements, start=1)
    ]
    lines += [
        f"Shown check {test.called} should give {test.expected}, gave {test.got or 'nothing'}"
        for test in verdict.tests
        if test.visible and test.called
    ]
    lines += [f"Remark: {each.key} at {each.file} line {each.line}" for each in verdict.remarks]
    return "\n".join(lines)


def guard_of(result: Result) -> Guard:
    """The guard for what is said about this result."""
    sealed = Verdict.from_json(SealedVerdict.objects.get(pk=result.pk).verdict)
    hidden = {name for test in sealed.tests if not test.visible for name in (test.id, test.title)}
    return Guard(
        exercise=graded_exercise(result.submission.attempt.version_id),
        verdict=result.verdict,
        hidden_names=frozenset(hidden - {""}),
        own=result.submission.as_answer.files,
    )


def _shown(issue: Issue, guard: Guard, result: Result) -> dict[str, Any] | None:
    """The issue as it may be shown: places and quotes that are true, words that pass the guard."""
    if not issue.happens.strip() or not issue.question.strip().endswith("?"):
        return None
    if any(guard.objection(text) for text in (issue.happens, issue.question)):
        return None
    rules = result.verdict.requirements
    open_rule = 0 < issue.rule <= len(rules) and not rules[issue.rule - 1].holds
    text = result.submission.as_answer.files.get(issue.file, "")
    lines = text.splitlines()
    in_file = 0 < issue.line <= len(lines)
    quote = issue.quote.strip()
    return {
        "rule": issue.rule if open_rule else 0,
        "file": issue.file if in_file else "",
        "line": issue.line if in_file else 0,
        "quote": quote if quote and quote in text and len(quote) <= 200 else "",
        "happens": issue.happens.strip(),
        "question": issue.question.strip(),
    }


def rate(feedback: Feedback, *, useful: bool) -> None:
    """The learner found it useful, or not."""
    Feedback.objects.unscoped().filter(pk=feedback.pk).update(is_useful=useful)


def report(feedback: Feedback) -> None:
    """The learner says that it should not have been shown. It is hidden from them at once."""
    rows = Feedback.objects.unscoped().filter(pk=feedback.pk, reported_at=None)
    rows.update(reported_at=clock.now())


def contest(feedback: Feedback, *, why: str) -> None:
    """The learner says that it is wrong, and why: an instructor will look."""
    rows = Feedback.objects.unscoped().filter(pk=feedback.pk, contested_at=None)
    rows.update(contested_at=clock.now(), contest=why.strip()[:600])


@transaction.atomic
def decide_contest(feedback: Feedback, *, upheld: bool, actor: User) -> bool:
    """An instructor agrees with the learner, or with the model. Once."""
    rows = Feedback.objects.unscoped().filter(pk=feedback.pk, upheld=None)
    decided = rows.exclude(contested_at=None).update(upheld=upheld)
    if decided:
        organisation = feedback.result.submission.attempt.enrolment.cohort.organisation_id
        audit.record(
            audit.Action.CONTEST_DECIDED,
            actor=actor,
            organisation=organisation,
            thing=feedback,
            upheld=upheld,
        )
    return bool(decided)
