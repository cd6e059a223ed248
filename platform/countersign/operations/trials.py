"""Try a part of the site out, and keep what it said: the walls of the sandbox, the mail."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from countersign import audit
from countersign.accounts.models import User
from countersign.common import clock
from countersign.operations.models import Trial
from grader.sandbox import Isolation, examine

SANDBOX, MAIL = "sandbox", "mail"


def newest(part: str) -> Trial | None:
    """What the part said last, or None if nobody has tried it."""
    return Trial.objects.filter(pk=part).first()


def try_sandbox(*, actor: User) -> Trial:
    """Try each wall of a real sandbox on this machine. Takes some seconds."""
    report = examine()
    needed = [wall for wall in report.walls if wall.needed]
    holds = report.isolation is not Isolation.NONE and all(wall.holds for wall in needed)
    details = [asdict(wall) for wall in report.walls]
    return _keep(SANDBOX, actor, went_well=holds, says=report.summary, details=details)


def try_mail(*, actor: User) -> Trial:
    """Send a mail to the operator who asks. What the mail server answers is kept, not raised."""
    subject = _("%(site)s: the mail works") % {"site": settings.BRAND}
    body = _("Somebody pressed “Send a test mail” on the health page. Nothing else needs doing.")
    try:
        EmailMessage(subject, body, to=[actor.email]).send()
    except OSError as fault:  # smtplib's errors and refused connections alike
        return _keep(MAIL, actor, went_well=False, says=f"{type(fault).__name__}: {fault}")
    return _keep(MAIL, actor, went_well=True, says=_("Sent to %(to)s.") % {"to": actor.email})


def _keep(
    part: str,
    actor: User,
    *,
    went_well: bool,
    says: str,
    details: list[dict[str, Any]] | None = None,
) -> Trial:
    now = clock.now()
    found = {"at": now, "went_well": went_well, "says": says[:400], "details": details or []}
    if went_well:
        found["went_well_at"] = now
    trial, _made = Trial.objects.update_or_create(pk=part, defaults=found)
    audit.record(audit.Action.TRIED_OUT, actor=actor, part=part, went_well=went_well)
    return trial
