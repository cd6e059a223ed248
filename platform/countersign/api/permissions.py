"""A key with a scope opens what is in it, and nothing else."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from countersign.accounts.models import ApiToken, Scope


class InScope(BasePermission):
    """A view says by ``scope`` which narrow keys may open it; without, none may."""

    message = "This key doesn’t reach that far."

    def has_permission(self, request: Request, view: Any) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken) or token.scope == Scope.EVERYTHING:
            return True
        return bool(getattr(view, "scope", None) == token.scope)
