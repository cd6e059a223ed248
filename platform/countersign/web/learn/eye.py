"""How well a learner tells good work from bad, how sure they are, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.courses.models import ExercisePlace
from countersign.learning.judgement import Judgement
from countersign.learning.practise import Due, Trouble
from countersign.learning.trust import FEWEST_SAID, Trust
from countersign.web.learn.desk import exercise_addresses
from countersign.web.learn.result import clock_time

MOST_SHOWN = 5

SURE = {
    "guess": gettext_lazy("Guess"),
    "fairly": gettext_lazy("Fairly"),
    "certain": gettext_lazy("Certain"),
}

WHY = {
    Trouble.CERTAIN: gettext_lazy("wrong, and you were certain"),
    Trouble.MISSED: gettext_lazy("something wrong was let stand"),
    Trouble.WRONG: gettext_lazy("not right yet"),
    Trouble.LUCKY: gettext_lazy("right, and you called it a guess"),
}


def eye(found: Judgement) -> dict[str, Any] | None:
    """The figures about trust; None while there is nothing to tell."""
    if found.trust == Trust() and not found.answers:
        return None
    return {
        "figures": _figures(found.trust),
        "d_prime": found.trust.d_prime,
        "criterion": found.trust.criterion,
        "strip": [
            {
                "label": SURE[step.sure],
                "many": step.many,
                "right": step.right,
                "meant": round(100 * step.meant),
                "share": None if step.share is None else round(100 * step.share),
                "too_sure": step.too_sure,
            }
            for step in found.strip
            if found.answers
        ],
        "brier": found.brier,
        "fewest_said": FEWEST_SAID,
    }


def _figures(trust: Trust) -> list[dict[str, Any]]:
    rows = (
        (_("Errors found"), trust.caught, trust.planted),
        (_("False alarms"), trust.false_alarms, trust.comments),
        (_("Decoys flagged"), trust.decoys_flagged, trust.decoys),
        (_("Bad work approved"), trust.approved, trust.flawed),
        (_("Good work blocked"), trust.blocked, trust.clean),
    )
    return [{"label": label, "part": part, "of": of} for label, part, of in rows if of]


def practise(learner: User, due: Iterable[Due]) -> list[dict[str, Any]]:
    """The next things to practise again, with their addresses in the learner's courses."""
    found = (_row(learner, each) for each in due)
    return [row for row in found if row][:MOST_SHOWN]


def _row(learner: User, due: Due) -> dict[str, Any] | None:
    """One of them; None where its exercise stands in no course of theirs."""
    for place in (
        Enrolment.objects.visible_to(learner).of(learner).select_related("cohort__release")
    ):
        spot = ExercisePlace.objects.of_exercise(place.cohort.release, due.exercise)
        if spot is not None:
            module = spot.lesson.module
            address = exercise_addresses(module.course.slug, module.slug, spot.slug).exercise
            return {
                "title": spot.version.title,
                "href": f"{address}?again=1",
                "minutes": spot.version.minutes,
                "why": WHY[due.why],
                "now": due.due <= clock.now(),
                "at": clock_time(due.due),
            }
    return None
