"""The documents that other programs read: credentials, their issuer, keys and the status list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from countersign.common import clock
from countersign.credentials import documents, keys, services
from countersign.credentials.models import Credential, SigningKey
from countersign.web.access import Door, door

A_FEW_MINUTES = 300  # seconds; how late a withdrawal may reach a reader who keeps the list


@require_safe
@door(Door.PUBLIC)
def credential(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The signed document. Whoever has its address was given it."""
    key, private = keys.current()
    document = documents.signed(_stored(pk), key=key, private=private)
    return _open_to_all(_json(document, kind="application/vc"))


@require_safe
@door(Door.PUBLIC)
def token(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same as a JSON Web Token."""
    key, private = keys.current()
    text = documents.token(_stored(pk), key=key, private=private)
    return _open_to_all(HttpResponse(text, content_type="application/vc+jwt"))


@require_safe
@door(Door.PUBLIC)
def issuer(request: HttpRequest) -> HttpResponse:
    keys.current()  # so that a fresh site names its key too
    return _open_to_all(_json(documents.issuer(_good_keys())))


@require_safe
@door(Door.PUBLIC)
def key_set(request: HttpRequest) -> HttpResponse:
    keys.current()
    return _open_to_all(_json(documents.key_set(_good_keys())))


@require_safe
@door(Door.PUBLIC)
def achievement(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """What a badge or certificate stands for; not found while nobody was issued one."""
    latest = services.latest(kind, subject)
    if latest is None:
        return HttpResponse(status=404)
    document = {"@context": documents.CONTEXT, **documents.achievement(latest)}
    return _open_to_all(_json(document))


@require_safe
@door(Door.PUBLIC)
def status_list(request: HttpRequest) -> HttpResponse:
    key, private = keys.current()
    document = documents.status_list(key=key, private=private, at=clock.now())
    response = _json(document, kind="application/vc")
    patch_cache_control(response, public=True, max_age=A_FEW_MINUTES)
    return _open_to_all(response)


def _stored(pk: UUID) -> Credential:
    found = services.with_id(pk)
    if found is None:
        raise Http404
    return found


def _good_keys() -> list[SigningKey]:
    return list(SigningKey.objects.filter(compromised_at=None))


def _json(document: Mapping[str, Any], *, kind: str = "application/json") -> HttpResponse:
    return JsonResponse(dict(document), content_type=kind, json_dumps_params={"indent": 2})


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Any site's script may read it: verifiers run in browsers."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
