"""What each sharing choice means, in the words that a learner decides by.

``WORDING_VERSION`` is kept with every choice: change it whenever a word here changes.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from countersign.cohorts.models import WORDING_VERSION, Sharing

__all__ = ["WORDING_VERSION", "means", "options", "title"]


def title(level: Sharing) -> str:
    match level:
        case Sharing.PARTICIPATION:
            return _("Only that I’m taking part")
        case Sharing.PROGRESS:
            return _("My progress and skills")
        case Sharing.WORK:
            return _("Also my work")


def means(level: Sharing) -> str:
    """Exactly what the employer gets to see."""
    match level:
        case Sharing.PARTICIPATION:
            return _(
                "They see how many people take part. What you do counts only in figures that "
                "stand for five people or more. Nothing carries your name."
            )
        case Sharing.PROGRESS:
            return _(
                "They also see your name with what you have tried and passed, when you were last "
                "active, and your scores by skill. They don’t see what you wrote."
            )
        case Sharing.WORK:
            return _("They may also open what you handed in and the result of each try.")


def options(chosen: Sharing) -> list[dict[str, object]]:
    """The three choices for ``ui/choices.html``."""
    return [
        {
            "value": level.value,
            "label": title(level),
            "hint": means(level),
            "checked": level == chosen,
        }
        for level in Sharing
    ]
