"""What a learner does with a chain: hands in the link that is open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _

from countersign.common.text import UnstorableText
from countersign.exercises.kinds import AnswerTooLarge
from countersign.grading.services.chaining import PARTS, NotItsTurn, Unreadable, take
from countersign.submissions.services import KeyUsedForOtherWork, TooMany
from countersign.web.learn.desk import Desk
from countersign.web.learn.work import form_key, key_used, refusing, too_large, too_many, unstorable
from countersign.web.learn.workspace import Refusal
from grader.answer import Answer
from grader.kinds.chain.spec import Link


def submit_link(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Hand in the link that the form holds. The last one hands in the whole."""
    answer: Answer | None = None
    try:
        answer = desk.face.answer_from_post(desk.version, request.POST)
        assert desk.place is not None, "a chain stands in a course"
        link = _named(answer)
        take(
            enrolment=desk.place,
            version=desk.version,
            link=link,
            given=answer.fields[PARTS[link]],
            key=form_key(request),
        )
    except AnswerTooLarge as error:
        return refusing(request, desk, too_large(), error.answer)
    except (NotItsTurn, Unreadable, UnstorableText, KeyUsedForOtherWork, TooMany) as error:
        return refusing(request, desk, _why(error), answer)
    return HttpResponseRedirect(desk.urls.exercise)


def _named(answer: Answer) -> Link:
    try:
        return Link(str(answer.fields["link"]))
    except ValueError:
        raise NotItsTurn from None


def _why(error: Exception) -> Refusal:
    """What to say of a link that wasn't taken in."""
    match error:
        case Unreadable():
            return Refusal(title=_("Not taken in yet"), text=error.problem.message, status=422)
        case UnstorableText():
            return unstorable()
        case KeyUsedForOtherWork():
            return key_used()
        case TooMany():
            return too_many(error)
    return _not_its_turn()


def _not_its_turn() -> Refusal:
    return Refusal(
        title=_("Another step is open"),
        text=_("This one was handed in before, perhaps in another tab. Nothing is lost."),
        status=409,
    )
