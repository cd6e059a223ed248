"""The charts of the employer's pages: what is drawn, and the sentence that carries it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from countersign.insights.growth import Growth, Standing
from countersign.insights.oversight import Shares
from countersign.insights.overview import Overview
from countersign.insights.targets import Targets
from countersign.web.templatetags.charts import Axes, Dot, Step

WELL, MUCH, TRUSTING, GUESSING = "well", "much", "trusting", "guessing"


@dataclass(frozen=True)
class Map:
    """People by errors found and false alarms, with the group's way."""

    dots: Sequence[Dot]
    axes: Axes
    start: Dot | None
    now: Dot | None
    label: str
    foot: str


def axes(targets: Targets, dots: Iterable[Dot]) -> Axes:
    """Errors found upwards, false alarms to the right, as far as any of these dots."""
    return Axes(
        x_words=_("False alarms, % of comments"),
        y_words=_("Errors found, %"),
        x_target=targets.false_alarms,
        y_target=targets.found,
        corners=(
            _("Well judged"),
            _("Flags too much"),
            _("Trusts too much"),
            _("Guessing"),
        ),
        x_max=100 if max(targets.false_alarms, *(dot.x for dot in dots), 0) > 60 else 60,
    )


def oversight_map(view: Overview, targets: Targets) -> Map | None:
    """None where there is nobody to draw and no group to speak of."""
    found = view.oversight
    dots = [Dot(dot.person.name, dot.false_alarms, dot.found) for dot in found.dots]
    start = _group(_("Group at the start"), found.start)
    now = _group(_("Group now"), found.latest)
    if not dots and now is None:
        return None
    drawn = [*dots, *(each for each in (start, now) if each)]
    return Map(dots, axes(targets, drawn), start, now, _map_label(now), _map_foot(view, targets))


def _group(name: str, shares: Shares) -> Dot | None:
    if shares.found.share is None or shares.false_alarms.share is None:
        return None
    return Dot(name, shares.false_alarms.share, shares.found.share)


def _map_label(now: Dot | None) -> str:
    if now is None:
        return _("Errors found against false alarms, person by person.")
    return _("The group finds %(found)s%% of planted errors with %(alarms)s%% false alarms.") % {
        "found": f"{now.y:.0f}",
        "alarms": f"{now.x:.0f}",
    }


def _map_foot(view: Overview, targets: Targets) -> str:
    found = view.oversight
    planted = found.latest.found
    words = [
        _("Dashed lines are your targets: %(found)s%% found, %(alarms)s%% false alarms.")
        % {"found": targets.found, "alarms": targets.false_alarms}
    ]
    if planted.whole:
        based = _("Based on %(n)s planted errors shown to %(people)s people.")
        words.insert(0, based % {"n": planted.whole, "people": planted.people})
    if found.not_drawn > 0:
        words.append(
            ngettext(
                "%(n)s person is in the group but not drawn.",
                "%(n)s people are in the group but not drawn.",
                found.not_drawn,
            )
            % {"n": found.not_drawn}
        )
    return " ".join(words)


def steps(view: Overview) -> list[Step]:
    """A row per competency with help, and beside it one without, where there are both ends."""
    return [_step(each) for each in view.growth if each.now is not None]


def _step(found: Growth) -> Step:
    assert found.start is not None
    assert found.now is not None
    helped = _("with help") if found.aided else _("without help")
    return Step(
        label=f"{_(found.title)}, {helped}",
        start=found.start,
        now=found.now,
        verdict=_verdict(found),
        target=found.target,
        low=found.low,
        high=found.high,
        met=found.standing is Standing.ABOVE,
    )


def _verdict(found: Growth) -> str:
    if found.standing is Standing.ABOVE:
        return _("Above target")
    if found.standing is Standing.AROUND:
        return _("Around target")
    return _("%(n)s short of target") % {"n": f"{found.short_by:.0f}"}


def growth_rows(view: Overview) -> list[list[object]]:
    """The same as a table, with how many are below the target and of how many."""
    return [
        [
            f"{_(each.title)}, {_('with help') if each.aided else _('without help')}",
            f"{each.below} / {each.people}",
        ]
        for each in view.growth
        if each.now is not None
    ]


def growth_label(view: Overview) -> str:
    """What the dumbbells say, in a sentence."""
    known = [each for each in view.growth if each.now is not None]
    short = sum(each.standing is Standing.SHORT for each in known)
    return _("Start, now and target of %(n)s averages; %(short)s are short of their target.") % {
        "n": len(known),
        "short": short,
    }
