"""Every refusal has the same shape: ``{"code": …, "message": …}``, with ``fields`` where a
field is at fault."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from countersign.common.text import UnstorableText
from countersign.submissions.services import AttemptOver, KeyUsedForOtherWork, TooMany


class Conflict(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "key_used"


class Over(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "over"


class Unprocessable(exceptions.APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "unreadable"


REASONS = {
    "unfinished": gettext_lazy("Two of your submissions are still being graded."),
    "hour": gettext_lazy("You’ve reached this hour’s limit of submissions."),
    "day": gettext_lazy("You’ve reached today’s limit of submissions."),
}


def answer_fault(fault: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's handler, with our domain's exceptions turned into words."""
    if isinstance(fault, TooMany):
        return _too_many(fault)
    response = exception_handler(_translated(fault), context)
    if response is not None:
        response.data = _shaped(_translated(fault), response.data)
    return response


def _translated(fault: Exception) -> Exception:
    if isinstance(fault, KeyUsedForOtherWork):
        return Conflict(_("This idempotency key came before with other work."))
    if isinstance(fault, AttemptOver):
        return Over(_("The answers have been shown, so nothing more is scored here."))
    if isinstance(fault, UnstorableText):
        return Unprocessable(str(fault))
    if isinstance(fault, Http404):
        return exceptions.NotFound()
    if isinstance(fault, PermissionDenied):
        return exceptions.PermissionDenied()
    return fault


def _too_many(fault: TooMany) -> Response:
    body = {"code": "too_many", "message": str(REASONS[fault.reason]), "reason": fault.reason}
    headers = {"Retry-After": str(fault.retry_after)}
    return Response(body, status=status.HTTP_429_TOO_MANY_REQUESTS, headers=headers)


def _shaped(fault: Exception, detail: Any) -> dict[str, Any]:
    if isinstance(fault, exceptions.ValidationError):
        message = _("Some fields can’t be read. Nothing was kept.")
        return {"code": "unreadable", "message": message, "fields": detail}
    code = getattr(fault, "default_code", "error")
    message = detail.get("detail", detail) if isinstance(detail, dict) else detail
    return {"code": code, "message": str(message)}
