"""Apply a regrade, cancel it, run its faults again, or undo it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from countersign.common.text import UnstorableText
from countersign.regrades import services as regrades
from countersign.regrades.models import Policy, Regrade
from countersign.web.access import Door, door, person
from countersign.web.teach.regrades.forms import DecisionForm
from countersign.web.teach.regrades.pages import own_regrade, show


@door(Door.TEACH)
@require_POST
def teach_apply_regrade(request: HttpRequest, regrade_id: UUID) -> HttpResponse:
    """Let the new results count, all in one act, or say why not."""
    regrade = own_regrade(request, regrade_id)
    form = DecisionForm(request.POST, table=regrades.table_of(regrade))
    if not form.is_valid():
        return show(request, regrade, form=form, status=422)
    try:
        changed = _apply(request, regrade, form)
    except regrades.LoweringNeedsConfirming:
        form.add_error("why", _("Some results become lower. Say why, and tick that you’ve looked."))
        return show(request, regrade, form=form, status=422)
    except regrades.CannotApply as why:
        messages.error(request, f"{_words(why)} {_('Nothing was changed.')}")
    except UnstorableText:
        messages.error(request, _("There is a character in it that can’t be kept. Take it out."))
    else:
        said = ngettext(
            "%(n)s result changed. Its learner is told.",
            "%(n)s results changed. Their learners are told.",
            changed,
        )
        messages.success(request, said % {"n": changed} if changed else _("No result changed."))
    return redirect("teach_bulk_regrade", regrade.pk)


def _apply(request: HttpRequest, regrade: Regrade, form: DecisionForm) -> int:
    found = form.cleaned_data
    return regrades.apply(
        regrade,
        policy=Policy(found["policy"]),
        seal=found["seal"],
        actor=person(request),
        why=found["why"],
        lowers=found.get("lowers", False),
    )


def _words(why: regrades.CannotApply) -> str:
    if isinstance(why, regrades.TableChanged):
        return _("A result changed since you looked. Here is the table as it stands now.")
    if isinstance(why, regrades.TargetWithdrawn):
        return _("The version that judged stands in no release any more.")
    return _("The dry run isn’t at its end, or the regrade was decided already.")


@door(Door.TEACH)
@require_POST
def teach_cancel_regrade(request: HttpRequest, regrade_id: UUID) -> HttpResponse:
    """Drop the dry run."""
    regrade = own_regrade(request, regrade_id)
    if regrades.cancel(regrade, actor=person(request)):
        messages.success(request, _("Cancelled. Every result is as it was."))
    else:
        messages.info(request, _("It was decided already."))
    return redirect("teach_bulk_regrade", regrade.pk)


@door(Door.TEACH)
@require_POST
def teach_retry_regrade(request: HttpRequest, regrade_id: UUID) -> HttpResponse:
    """Run those again that met our fault."""
    regrade = own_regrade(request, regrade_id)
    if not regrades.try_again(regrade):
        messages.info(request, _("There is nothing to run again."))
    return redirect("teach_bulk_regrade", regrade.pk)


@door(Door.TEACH)
@require_POST
def teach_undo_regrade(request: HttpRequest, regrade_id: UUID) -> HttpResponse:
    """Let the results from before count again."""
    regrade = own_regrade(request, regrade_id)
    try:
        back, left = regrades.undo(regrade, actor=person(request))
    except regrades.NotReady:
        messages.info(request, _("It isn’t applied at the moment, so there is nothing to undo."))
        return redirect("teach_bulk_regrade", regrade.pk)
    said = ngettext("%(n)s result is as it was.", "%(n)s results are as they were.", back)
    messages.success(request, said % {"n": back})
    if left:
        newer = ngettext(
            "%(n)s was left: a newer result counts.",
            "%(n)s were left: newer results count.",
            left,
        )
        messages.info(request, newer % {"n": left})
    return redirect("teach_bulk_regrade", regrade.pk)
