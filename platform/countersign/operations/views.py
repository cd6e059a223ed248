"""What a load balancer or container engine asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from countersign.operations import health


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. It asks nobody else: a database away is no reason to restart it."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Everything that serving takes is there: 200, else 503 and what is missing."""
    found = health.checks()
    ready = all(check.is_good for check in found)
    return JsonResponse(
        {"ready": ready, "checks": {check.name: check.says for check in found}},
        status=200 if ready else 503,
    )
