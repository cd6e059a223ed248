"""``Authorization: Bearer cs_…``: a person's key for programs."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from countersign.accounts.models import ApiToken, User
from countersign.common import clock

LONGEST_TOKEN = 200


class TokenAuthentication(BaseAuthentication):
    """A key made on the settings page or by ``manage.py api_token``."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = self._find(secret.strip())
        if token is None:
            raise AuthenticationFailed(_("This key isn’t known, has run out or was withdrawn."))
        token.used(clock.now())
        return token.user, token

    def _find(self, secret: bytes) -> ApiToken | None:
        if len(secret) > LONGEST_TOKEN or not secret.isascii():
            return None
        return ApiToken.objects.find(secret.decode("ascii"))

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
