"""Is what somebody shows us genuine? The document itself is checked, not only its number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import jwt

from countersign.common import clock
from countersign.credentials import documents, keys, services, signing
from countersign.credentials.models import Credential

LONGEST = 64_000  # characters; ours have about 3,000
CLOCK_SKEW = timedelta(minutes=5)


class Finding(StrEnum):
    """What came of a check."""

    GENUINE = "genuine"
    WITHDRAWN = "withdrawn"
    RUN_OUT = "run_out"  # its two years are over
    ALTERED = "altered"  # the signature doesn't belong to these words
    NOT_OURS = "not_ours"  # another issuer, or a key that we don't know
    NOT_YET = "not_yet"  # it begins in the future
    UNREADABLE = "unreadable"  # no credential at all
    UNKNOWN = "unknown"  # well signed, and no longer stored here


@dataclass(frozen=True, kw_only=True)
class Check:
    """``credential`` is set for those that are stored: genuine, withdrawn, run out."""

    finding: Finding
    credential: Credential | None = None


class _Refused(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.value)
        self.finding = finding


def stands(credential: Credential, *, at: datetime | None = None) -> Finding:
    """How a stored credential stands."""
    at = at or clock.now()
    if credential.is_withdrawn:
        return Finding.WITHDRAWN
    return Finding.RUN_OUT if credential.has_run_out(at) else Finding.GENUINE


def by_code(code: str) -> Check:
    """The credential with this code."""
    found = services.with_code(code)
    if found is None:
        return Check(finding=Finding.UNKNOWN)
    return Check(finding=stands(found), credential=found)


def shown(text: str) -> Check:
    """A document or a token that somebody pasted."""
    try:
        document = _authentic(text.strip())
        _in_time(document)
        return _stored(document)
    except _Refused as refused:
        return Check(finding=refused.finding)


def _authentic(text: str) -> Mapping[str, Any]:
    """The document, once its signature is known to be ours."""
    if not text or len(text) > LONGEST:
        raise _Refused(Finding.UNREADABLE)
    return _signed_document(text) if text.startswith("{") else _signed_token(text)


def _signed_document(text: str) -> Mapping[str, Any]:
    document = _strict_json(text)
    proof = document.get("proof")
    if not isinstance(proof, dict):
        raise _Refused(Finding.UNREADABLE)
    if (proof.get("cryptosuite"), proof.get("proofPurpose")) != (signing.SUITE, "assertionMethod"):
        raise _Refused(Finding.NOT_OURS)
    key = _our_key(document, str(proof.get("verificationMethod", "")))
    if not signing.proof_holds(document, key):
        raise _Refused(Finding.ALTERED)
    return document


def _signed_token(text: str) -> Mapping[str, Any]:
    try:
        method = signing.key_named_in(text)
        unverified = jwt.decode(text, options={"verify_signature": False})
    except (jwt.InvalidTokenError, RecursionError):
        raise _Refused(Finding.UNREADABLE) from None
    key = _our_key(unverified, method)
    try:
        return signing.payload_of(text, key)
    except jwt.InvalidTokenError:
        raise _Refused(Finding.ALTERED) from None


def _our_key(document: Mapping[str, Any], method: str) -> Any:
    """Our key of that name. A document that names another issuer isn't ours, whatever key it
    names; nothing in the document can bring a key along."""
    if signing.issuer_id(document) != documents.issuer_address():
        raise _Refused(Finding.NOT_OURS)
    base, _, kid = method.partition("#")
    key = keys.trusted(kid) if base == documents.issuer_address() else None
    if key is None:
        raise _Refused(Finding.NOT_OURS)
    return key


def _in_time(document: Mapping[str, Any]) -> None:
    try:
        since = datetime.fromisoformat(str(document.get("validFrom")))
        early = since > clock.now() + CLOCK_SKEW
    except (ValueError, TypeError):
        raise _Refused(Finding.UNREADABLE) from None
    if early:
        raise _Refused(Finding.NOT_YET)


def _stored(document: Mapping[str, Any]) -> Check:
    """How the signed document's credential stands here now."""
    try:
        pk = UUID(str(document.get("id", "")).rstrip("/").rpartition("/")[2])
    except ValueError:
        raise _Refused(Finding.UNREADABLE) from None
    found = services.with_id(pk)
    if found is None:
        return Check(finding=Finding.UNKNOWN)
    return Check(finding=stands(found), credential=found)


def _strict_json(text: str) -> dict[str, Any]:
    """The object. A member that is named twice could mean two things, so it is refused."""
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise _Refused(Finding.UNREADABLE) from None
    if not isinstance(value, dict):
        raise _Refused(Finding.UNREADABLE)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member is named twice")
    return found


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
