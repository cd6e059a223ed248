"""What stands around every page of a learner: the places of the bar."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

HOME, SKILLS = "learn_home", "skills"


def frame(here: str = "") -> dict[str, Any]:
    """Context of the shells. ``here`` is the name of the page among the bar's places; the
    account's links come from ``countersign.web.places``."""
    names = {HOME: _("Learn"), SKILLS: _("Your skills")}
    return {
        "places": [
            {"href": reverse(name), "label": label, "here": name == here}
            for name, label in names.items()
        ],
    }
