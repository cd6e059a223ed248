"""Print an API token for a person, for demonstrations and scripts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from countersign.accounts.models import Scope, User
from countersign.accounts.services import make_api_token


class Command(BaseCommand):
    help = "Make an API token for the person with this e-mail address and print it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="command line")
        parser.add_argument("--scope", choices=Scope.values, default=Scope.EVERYTHING)

    def handle(
        self, *args: Any, email: str, name: str, scope: str = Scope.EVERYTHING, **options: Any
    ) -> None:
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody with the address {email} can sign in.")
        self.stdout.write(make_api_token(user=user, name=name, scope=Scope(scope)))
