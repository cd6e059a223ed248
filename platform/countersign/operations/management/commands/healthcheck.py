"""The health check of a container: exit 0 when the part that runs here is well."""

from __future__ import annotations

import http.client
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from countersign.operations import heartbeat


class Command(BaseCommand):
    help = "Exit 0 when the part in this container is well."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("part", choices=["web", "supervised"])
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        well = _web(options["port"]) if options["part"] == "web" else heartbeat.is_fresh()
        if not well:
            raise CommandError(f"{options['part']} isn't well")


def _web(port: int) -> bool:
    """Asked by the name the site is known by, which ALLOWED_HOSTS is sure to hold."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    name = urlsplit(settings.SITE_URL).netloc
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
