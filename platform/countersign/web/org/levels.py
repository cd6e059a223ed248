"""Examples of work at each level of a competency, so that a target is more than a number."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from countersign.insights.targets import (
    BUILD,
    DECIDE,
    ERRORS,
    INTERPRET,
    PROMPTS,
    Level,
    Role,
)

LEVELS: Mapping[Level, object] = {
    Level.WITH_SUPPORT: _("With support"),
    Level.ON_THEIR_OWN: _("On their own"),
    Level.FOR_OTHERS: _("For others"),
}

EXAMPLES: Mapping[tuple[str, Level], object] = {
    (PROMPTS, Level.WITH_SUPPORT): _(
        "“Write a function for late fees: 2 a day.” Says what it is for; a colleague adds what "
        "happens to a book returned early."
    ),
    (PROMPTS, Level.ON_THEIR_OWN): _(
        "Names inputs and results, says what happens at the edges (day 0, a lost book), and gives "
        "one example that settles a doubt."
    ),
    (PROMPTS, Level.FOR_OTHERS): _(
        "Takes a prompt of somebody else that went wrong, finds the case it left open, and closes "
        "it without closing others."
    ),
    (INTERPRET, Level.WITH_SUPPORT): _(
        "Says what a short loop gives for one list, with the code and a pencil at hand."
    ),
    (INTERPRET, Level.ON_THEIR_OWN): _(
        "Holds an output against the request and names the rule that it doesn’t follow."
    ),
    (INTERPRET, Level.FOR_OTHERS): _(
        "Reads a change of thirty lines and tells the team which invoices will differ, and how."
    ),
    (ERRORS, Level.WITH_SUPPORT): _(
        "Finds the wrong comparison once told that the error is at a boundary."
    ),
    (ERRORS, Level.ON_THEIR_OWN): _(
        "Finds most planted errors of a report script and leaves what is right alone."
    ),
    (ERRORS, Level.FOR_OTHERS): _(
        "Finds the error that hides another, proves it by a case, and says how bad it is."
    ),
    (DECIDE, Level.WITH_SUPPORT): _(
        "Takes figures from the sources for a memo; somebody else checks the claims."
    ),
    (DECIDE, Level.ON_THEIR_OWN): _(
        "Marks the claim that the data don’t carry, decides, and says how sure they are."
    ),
    (DECIDE, Level.FOR_OTHERS): _(
        "Writes the memo that others decide by: sourced figures, doubts named, a choice that "
        "follows from them."
    ),
    (BUILD, Level.WITH_SUPPORT): _("Changes one rule in a small tool that AI wrote, with tests."),
    (BUILD, Level.ON_THEIR_OWN): _(
        "Builds a small tool with AI from a page of rules, and shows by tests that it keeps them."
    ),
    (BUILD, Level.FOR_OTHERS): _(
        "Builds a tool that colleagues use: its limits written down, its errors told in words."
    ),
}

ROLES: Mapping[Role, object] = {
    Role.EVERYDAY: _("Uses AI output every day"),
    Role.DECIDER: _("Decides on what AI output says"),
    Role.CHECKER: _("Signs other people’s AI-assisted work"),
    Role.BUILDER: _("Builds small tools with AI"),
    Role.OWN: _("Set by hand"),
}
