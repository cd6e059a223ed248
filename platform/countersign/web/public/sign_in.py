# mypy: disallow-subclassing-any=False
"""The sign-in page; on a demo site it also lists the demo's made-up people."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings

from countersign.operations import demo_signins


class SignInView(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "people": demo_people()}


def demo_people() -> list[demo_signins.SignIn]:
    """Nobody on a site that is reached over https: that one is for real people."""
    return [] if settings.HTTPS else demo_signins.remembered()
