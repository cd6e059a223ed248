"""The coach beside a result: what the code shows, what an instructor wrote, what a model asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from countersign.coaching import feedback as coaching
from countersign.coaching.comments import Comment, comments
from countersign.coaching.equal_work import Told, comments_for
from countersign.coaching.models import Feedback, FeedbackState
from countersign.common import clock
from countersign.grading.models import Result
from countersign.llm.connections import Role, model_name
from countersign.submissions.models import Submission
from countersign.web.learn.desk import Desk
from countersign.web.model_words import why_no_reply

LATE_AFTER = timedelta(seconds=60)
STOP_POLLING = 286

_STANDS = gettext_lazy("Your result stands, and what’s above doesn’t need a model.")
WORDS = {
    FeedbackState.WAITING: gettext_lazy(
        "A model is reading your work. What stands above doesn’t wait for it."
    ),
    FeedbackState.NOTHING: gettext_lazy(
        "A model read your work and had no question beyond what stands above."
    ),
    FeedbackState.OFF: gettext_lazy(
        "No model comments here, since none is set up. What stands above comes from checks that "
        "ran and from reading your code."
    ),
    FeedbackState.UNAIDED: gettext_lazy("This is work without help, so no model comments on it."),
    FeedbackState.AWAY: _STANDS,
    FeedbackState.BUDGET: _STANDS,
    FeedbackState.WITHHELD: gettext_lazy(
        "A model wrote about your work, and our checks kept it back: it said more than it may, or "
        "something other than the result says."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Coach:
    """What the coach has to say about one result. ``state`` is that of the model's part, "" where
    none is due; ``why`` says what kept it from answering."""

    comments: tuple[Comment, ...] = ()
    instructors: tuple[Told, ...] = ()
    state: str = ""
    words: str = ""
    why: str = ""
    feedback: Feedback | None = None
    url: str = ""
    say_url: str = ""

    @property
    def is_waiting(self) -> bool:
        return self.state == FeedbackState.WAITING

    @property
    def has_anything(self) -> bool:
        return bool(self.comments or self.instructors or self.state)


def coach_of(desk: Desk) -> Coach | None:
    """The coach for the newest hand-in of this desk; None before there is a result."""
    submission = desk.newest
    if submission is None or desk.place is None:
        return None
    result = submission.results.filter(superseded_by=None).first()
    if result is None:
        return None
    organisation = desk.place.cohort.organisation_id
    said = comments(result.verdict.remarks, organisation=organisation)
    return Coach(
        comments=tuple(said) if desk.version.aided else (),
        instructors=tuple(comments_for(submission)),
        **_of_a_model(desk, submission, result),
    )


def _of_a_model(desk: Desk, submission: Submission, result: Result) -> dict[str, Any]:
    if result.status != "failed" or not desk.urls.coach:
        return {}
    found = Feedback.objects.visible_to(submission.attempt.enrolment.learner)
    feedback = found.filter(result=result).first()
    if feedback is None and clock.now() - result.made_at > coaching.WAITED_FOR:
        return {}
    state = FeedbackState(feedback.state) if feedback else _before_it_begins(desk, result)
    trouble = feedback.trouble if feedback else ""
    if state is FeedbackState.WAITING and clock.now() - result.made_at > LATE_AFTER:
        state, trouble = FeedbackState.AWAY, "late"
    return {
        "state": state.value,
        "words": str(WORDS.get(state, "")),
        "why": why_no_reply(trouble) if trouble and trouble != "off" else "",
        "feedback": feedback,
        "url": desk.urls.coach,
        "say_url": desk.urls.coach_say,
    }


def _before_it_begins(desk: Desk, result: Result) -> FeedbackState:
    """The result is a moment old and nobody was told of it yet."""
    assert desk.place is not None
    if not desk.version.aided:
        return FeedbackState.UNAIDED
    if not model_name(Role.COACH, desk.place.cohort.organisation_id):
        return FeedbackState.OFF
    return FeedbackState.WAITING


def part(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The coach's part alone. The answer that ends the waiting says so with 286."""
    coach = coach_of(desk)
    waits = coach is not None and coach.is_waiting
    context = {"coach": coach, "desk": desk}
    return render(request, "result/coach.html", context, status=200 if waits else STOP_POLLING)


def say(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """The learner finds it useful or not, reports it, or says that it is wrong."""
    coach = coach_of(desk)
    if coach is None or coach.feedback is None:
        raise Http404
    act = request.POST.get("act", "")
    if act in ("useful", "not_useful"):
        coaching.rate(coach.feedback, useful=act == "useful")
    elif act == "report":
        coaching.report(coach.feedback)
    elif act == "contest":
        coaching.contest(coach.feedback, why=request.POST.get("why", "").replace("\x00", ""))
    if request.headers.get("HX-Request"):
        return render(request, "result/coach.html", {"coach": coach_of(desk), "desk": desk})
    return HttpResponseRedirect(f"{desk.urls.exercise}#coach")
