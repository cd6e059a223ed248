"""What is done with people and their keys."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from countersign import audit
from countersign.accounts.models import ApiToken, Scope, Theme, User, digest, new_secret
from countersign.common import clock

TOKEN_LIFETIME = timedelta(days=90)


@transaction.atomic
def make_api_token(
    *,
    user: User,
    name: str,
    lifetime: timedelta = TOKEN_LIFETIME,
    scope: Scope = Scope.EVERYTHING,
) -> str:
    """Make a key for the person's programs. The answer is the only time it is readable."""
    secret = new_secret("cs")
    token = ApiToken.objects.create(
        user=user,
        name=name,
        scope=scope,
        digest=digest(secret),
        last_four=secret[-4:],
        expires_at=clock.now() + lifetime,
    )
    audit.record(audit.Action.API_TOKEN_MADE, actor=user, thing=token)
    return secret


@transaction.atomic
def revoke_api_token(*, token: ApiToken, actor: User) -> None:
    """Close a key. Doing it twice is the same as once."""
    closed = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
    if closed:
        audit.record(audit.Action.API_TOKEN_REVOKED, actor=actor, thing=token)


def rename(*, user: User, name: str) -> None:
    """Change what others call this person."""
    user.name = name
    user.save(update_fields=["name"])


def choose_theme(*, user: User, theme: Theme) -> None:
    """Keep light or dark with the account, so that it follows the person to the next device."""
    user.theme = theme
    user.save(update_fields=["theme"])


def make_guest() -> User:
    """A visitor who tries the open exercise. Nobody can sign in as a guest."""
    guest = User(is_guest=True, is_active=False, name="Guest")
    guest.email = f"guest-{guest.id}@guest.invalid"
    guest.set_unusable_password()
    guest.save()
    return guest
