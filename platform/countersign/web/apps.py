from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class WebConfig(AppConfig):
    name = "countersign.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in

        user_logged_in.connect(keep_what_was_tried, dispatch_uid="keep_what_was_tried")


def keep_what_was_tried(request: HttpRequest, user: Any, **_rest: Any) -> None:
    """Whoever signs in or up takes over what they did before without an account."""
    from countersign.web.learn import guests

    guests.adopt(request, user)
