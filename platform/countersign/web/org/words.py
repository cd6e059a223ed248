"""What the overview says of its figures: sentences by fixed rules, never by a model.

Nothing here decides what may be shown: ``insights.groups`` has done so, and a figure that stands
for too few has no value to speak of.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from countersign.insights.groups import Share, Whose
from countersign.insights.growth import Growth
from countersign.insights.overview import Overview

NO_GAP = 3
"""Figures closer than this are called alike."""


def said(view: Overview) -> list[SafeString]:
    """The paragraph at the top: a sentence for each figure that may be shown."""
    found = list(_sentences(view))
    if found:
        return found
    return [
        format_html("{}", _("Too few people have handed work in to say anything of the group."))
    ]


def _sentences(view: Overview) -> Iterator[SafeString]:
    if view.on_pace is not None and view.on_pace.count is not None:
        yield _marked(_("{pace} are on pace."), pace=of_people(view.on_pace))
    elif view.active.count is not None:
        yield _marked(_("{active} were active in the last 7 days."), active=of_people(view.active))
    yield from _oversight(view)
    yield from _widest_gap(view)
    yield from _help(view)


def of_people(share: Share) -> str:
    """`19 of 24 people`."""
    number = {"n": share.count, "all": share.people}
    if share.whose is Whose.SHARING:
        return _("%(n)s of the %(all)s people who share") % number
    return _("%(n)s of %(all)s people") % number


def _oversight(view: Overview) -> Iterator[SafeString]:
    found, alarms = view.oversight.latest.found.share, view.oversight.latest.false_alarms.share
    if found is None:
        return
    if alarms is None:
        yield _marked(
            _("They now find {found} of the errors planted in AI output{change}."),
            found=f"{found}%",
            change=_change(found, view.oversight.start.found.share),
        )
        return
    yield format_html(
        _(
            "They now find {found} of the errors planted in AI output{found_change}, and "
            "{alarms} of their comments are false alarms{alarms_change}."
        ),
        found=_bold(f"{found}%"),
        found_change=_change(found, view.oversight.start.found.share),
        alarms=_bold(f"{alarms}%"),
        alarms_change=_change(alarms, view.oversight.start.false_alarms.share),
    )


def _change(now: float, start: float | None) -> str:
    """`, up from 37%`; empty where there is no start."""
    if start is None:
        return ""
    if now == start:
        return _(", as at the start")
    words = _(", up from %(n)s%%") if now > start else _(", down from %(n)s%%")
    return words % {"n": start}


def widest_gap(view: Overview) -> Growth | None:
    """The competency furthest below its target, without help where that can be said."""
    known = [each for each in view.growth if each.now is not None]
    alone = [each for each in known if not each.aided]
    return max(alone or known, key=lambda each: each.short_by, default=None)


def _widest_gap(view: Overview) -> Iterator[SafeString]:
    gap = widest_gap(view)
    if gap is None:
        return
    helped = _("with help allowed") if gap.aided else _("without help")
    if gap.short_by < 1:
        yield format_html(
            _("On average they reach the target in every skill that can be told, {helped}."),
            helped=helped,
        )
        return
    words = ngettext(
        "“{title}” is the widest gap: {helped}, {below} person of {people} is below your target.",
        "“{title}” is the widest gap: {helped}, {below} of {people} people are below your target.",
        gap.below or 0,
    )
    numbers = {"below": gap.below, "people": gap.people}
    yield format_html(words, title=_(gap.title), helped=helped, **numbers)


def _help(view: Overview) -> Iterator[SafeString]:
    """What help makes of the score, if both can be said."""
    aided, alone = view.with_help.value, view.without_help.value
    if aided is None or alone is None:
        return
    gap, numbers = aided - alone, {"alone": f"{alone:.0f}", "gap": f"{abs(aided - alone):.0f}"}
    if abs(gap) < NO_GAP:
        words = _("Without help they score {alone}, about as with it.")
    elif gap > 0:
        words = _("Without help they score {alone}, {gap} less than with it.")
    else:
        words = _("Without help they score {alone}, {gap} more than with it.")
    yield format_html(words, **numbers)


def _bold(figure: str) -> SafeString:
    return format_html("<b>{}</b>", figure)


def _marked(words: str, **figures: str) -> SafeString:
    """A sentence in which the first figure is marked."""
    first, *rest = figures.items()
    return format_html(words, **{first[0]: _bold(first[1]), **dict(rest)})
