"""What cohorts do when something happened elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from countersign.cohorts.events import PersonInvited
from countersign.cohorts.models import Cohort, Invitation
from countersign.cohorts.services import personal_token
from countersign.common import clock
from countersign.courses.events import ReleaseMade


def move_the_open_cohort(event: ReleaseMade) -> None:
    """Everyone's cohort follows the newest release; other cohorts stay where they are pinned."""
    Cohort.objects.unscoped().filter(
        organisation__is_open=True, release__number__lt=event.number
    ).update(release=event.release)


def send_invitation(event: PersonInvited) -> None:
    """Send the message, unless it went out or the link is closed by now. A mail server that is
    away raises, and the message is tried again."""
    rows = Invitation.objects.unscoped().usable().filter(pk=event.invitation, sent_at=None)
    invitation = rows.select_related("cohort__organisation").first()
    if invitation is None:
        return
    _message(invitation).send()
    Invitation.objects.unscoped().filter(pk=invitation.pk).update(sent_at=clock.now())


def _message(invitation: Invitation) -> EmailMessage:
    cohort = invitation.cohort
    names = {"cohort": cohort.name, "organisation": cohort.organisation.name}
    link = f"{settings.SITE_URL}{reverse('join', args=[personal_token(invitation)])}"
    lines = [
        _("Hello %(name)s,") % {"name": invitation.name} if invitation.name else _("Hello,"),
        _("%(organisation)s invites you to %(cohort)s.") % names,
        _("This link is yours alone and works once, until %(day)s:")
        % {"day": date_format(invitation.expires_at, "j F Y")},
        link,
        _("You choose there what %(organisation)s may see. If you don’t know them, leave it.")
        % names,
    ]
    subject = " ".join((_("Join %(cohort)s, by %(organisation)s") % names).split())
    return EmailMessage(subject=subject, body="\n\n".join(lines), to=[invitation.email])
