"""People who sign in, and the tokens their programs use."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from countersign.common import clock


class UserManager(BaseUserManager["User"]):
    """Makes people; an e-mail address is their name at the door."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_operator=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class Theme(models.TextChoices):
    SYSTEM = "system", "As the device"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class User(AbstractBaseUser):
    """A person. ``is_operator`` runs the site; every other right comes from a membership.

    A guest (``is_guest``) is a visitor who tried the open exercise: nobody can sign in as one,
    and signing up turns the guest's attempt into the new learner's.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    is_guest = models.BooleanField(default=False)
    theme = models.CharField(max_length=8, choices=Theme, default=Theme.SYSTEM)
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_is_lower_case",
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """What others call this person: the name, or the address before the @."""
        return self.name or self.email.partition("@")[0]

    @property
    def initials(self) -> str:
        words = self.display_name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name.split()[0] if self.display_name else ""

    @property
    def is_staff(self) -> bool:
        return self.is_operator


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable(self) -> ApiTokenQuerySet:
        return self.filter(revoked_at=None, expires_at__gt=clock.now(), user__is_active=True)

    def find(self, secret: str) -> ApiToken | None:
        """The usable token with this secret, with its person, or None."""
        return self.usable().filter(digest=digest(secret)).select_related("user").first()


def digest(secret: str) -> str:
    """What is stored of a secret of 256 random bits: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret(prefix: str) -> str:
    """A fresh secret of 256 bits whose prefix says what it opens."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


class Scope(models.TextChoices):
    """How far a key reaches, within its person's own rights."""

    EVERYTHING = "everything", "Everything I may do"
    INSIGHTS = "insights", "Only read figures of cohorts I oversee"


class ApiToken(models.Model):
    """A key for programs. Only its digest is stored; it carries its person's own rights, or those
    of its scope if they are fewer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=12, choices=Scope, default=Scope.EVERYTHING)
    digest = models.CharField(max_length=64, unique=True)
    last_four = models.CharField(max_length=4)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} …{self.last_four}"

    def used(self, at: datetime) -> None:
        """Remember the last use, to the minute, so that reading the API hardly writes."""
        if self.last_used_at is None or (at - self.last_used_at).total_seconds() > 60:
            type(self).objects.filter(pk=self.pk).update(last_used_at=at)


class ErasureRequest(models.Model):
    """A person's account is to be erased at ``due_at``. Until then it can be taken back."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="erasure"
    )
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    due_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.user_id} on {self.due_at:%Y-%m-%d}"
