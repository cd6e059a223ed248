"""What is said when a model didn't answer: what happened, whose fault, what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countersign.llm.trouble import Trouble

_WHY = {
    Trouble.OFF: gettext_lazy("There is no live model on this site at the moment."),
    Trouble.BUDGET_LEARNER: gettext_lazy("You’ve used today’s calls to the live model."),
    Trouble.BUDGET_COHORT: gettext_lazy("Your cohort’s calls to the live model are used up."),
    Trouble.BUDGET_SITE: gettext_lazy("This site’s calls to the live model are used up."),
    Trouble.RESTING: gettext_lazy("The live model hasn’t been answering, so we leave it alone."),
    Trouble.TIMED_OUT: gettext_lazy("The live model took the request and didn’t answer in time."),
    Trouble.BUSY: gettext_lazy("The live model is busy and asked us to come back later."),
    Trouble.FILTERED: gettext_lazy("The live model declined to answer."),
    Trouble.EMPTY: gettext_lazy("The live model answered with nothing."),
    Trouble.CUT: gettext_lazy("The live model’s answer was cut off before its end."),
    Trouble.TOO_LARGE: gettext_lazy("What went to the live model or came from it was too long."),
    Trouble.GARBLED: gettext_lazy("The live model’s answer couldn’t be read."),
    Trouble.LATE: gettext_lazy("Nothing here took the request to the live model in time."),
}


def why_no_reply(trouble: str) -> str:
    """A sentence for this trouble; "" for none. Set-up troubles are not the learner's to know."""
    if not trouble:
        return ""
    return str(_WHY.get(Trouble(trouble), _("The live model isn’t answering.")))
