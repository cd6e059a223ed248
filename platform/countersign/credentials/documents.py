"""The public documents: a credential, its achievement, the issuer, the status list, the keys.

Shapes: 1EdTech Open Badges 3.0 on W3C Verifiable Credentials 2.0. Times are UTC with a ``Z``.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid5

from django.conf import settings

from countersign.credentials import areas, multibase, signing, status
from countersign.credentials.ground import FEWEST_UNAIDED
from countersign.credentials.models import Credential, CredentialKind, SigningKey

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
LIST_CONTEXT = CONTEXT[:1]
LIST_GOOD_FOR = timedelta(hours=24)
ISSUER_NAME = "Countersign"


def address(path: str) -> str:
    return f"{settings.SITE_URL}/{path}"


def issuer_address() -> str:
    return address("credentials/issuer/")


def list_address() -> str:
    return address("credentials/status/1/")


def key_address(kid: str) -> str:
    return f"{issuer_address()}#{kid}"


def credential_address(credential: Credential) -> str:
    return address(f"credentials/{credential.pk}/")


def verify_address(credential: Credential) -> str:
    return address(f"verify/{credential.code}/")


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def unsigned(credential: Credential) -> dict[str, Any]:
    """The credential as a document. With figures only where its owner shows them."""
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "id": credential_address(credential),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": credential.title,
        "issuer": _issuer(),
        "validFrom": moment(credential.issued_at),
        "validUntil": moment(credential.good_until),
        "credentialSubject": _subject(credential),
        "credentialStatus": {
            "id": f"{list_address()}#{credential.status_id}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(credential.status_id),
            "statusListCredential": list_address(),
        },
    }
    if credential.shows_figures:
        document["evidence"] = [_evidence(credential)]
    return document


def _issuer() -> dict[str, Any]:
    return {
        "id": issuer_address(),
        "type": ["Profile"],
        "name": ISSUER_NAME,
        "url": settings.SITE_URL,
    }


def subject_name(credential: Credential) -> str:
    """A name for the person that means nothing outside this one credential."""
    return f"urn:uuid:{uuid5(credential.pk, 'subject')}"


def _subject(credential: Credential) -> dict[str, Any]:
    """The person as a salted hash of their address: they can prove it is theirs, and nobody can
    read the address from it."""
    hashed = sha256((credential.learner.email.lower() + credential.salt).encode()).hexdigest()
    subject: dict[str, Any] = {
        "id": subject_name(credential),
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": f"sha256${hashed}",
                "identityType": "emailAddress",
                "salt": credential.salt,
            }
        ],
        "achievement": achievement(credential),
    }
    if credential.shows_figures and credential.score is not None:
        subject["result"] = [
            {
                "type": ["Result"],
                "resultDescription": f"{_achievement_id(credential)}#score",
                "value": f"{credential.score:g}",
            }
        ]
    return subject


def _achievement_id(credential: Credential) -> str:
    return address(f"credentials/achievements/{credential.kind}/{credential.subject}/")


def achievement(credential: Credential) -> dict[str, Any]:
    """What was achieved, in words that stand alone."""
    is_badge = credential.kind == CredentialKind.SKILL
    return {
        "id": _achievement_id(credential),
        "type": ["Achievement"],
        "achievementType": "Badge" if is_badge else "Certificate",
        "name": credential.title,
        "description": credential.description,
        "criteria": {"narrative": criteria(CredentialKind(credential.kind))},
        "resultDescription": [
            {
                "id": f"{_achievement_id(credential)}#score",
                "type": ["ResultDescription"],
                "name": "Score on work graded without help",
                "resultType": "Percent",
                "valueMin": "0",
                "valueMax": "100",
            }
        ],
        "alignment": [areas.alignment(area) for area in credential.areas],
    }


def criteria(kind: CredentialKind) -> str:
    if kind is CredentialKind.SKILL:
        return (
            f"At least {FEWEST_UNAIDED} graded tasks on this skill, done without the assistant, "
            "with a dependable score in which the newest count most. Every task was graded by "
            "running the work or by a proven key. No language model sets a score."
        )
    return (
        "Every exercise of the course was passed. The figures speak only of exercises done "
        "without the assistant. No language model sets a score."
    )


def _evidence(credential: Credential) -> dict[str, Any]:
    return {
        "id": verify_address(credential),
        "type": ["Evidence"],
        "name": "Work graded without help",
        "narrative": (
            f"{credential.tasks} graded tasks. Graded by: {', '.join(credential.engines)}."
        ),
    }


def signed(credential: Credential, *, key: SigningKey, private: Any) -> dict[str, Any]:
    """With a Data Integrity proof inside."""
    return signing.with_proof(
        unsigned(credential),
        private,
        method=key_address(key.kid),
        created=moment(max(credential.issued_at, key.made_at)),
    )


def token(credential: Credential, *, key: SigningKey, private: Any) -> str:
    """As a JSON Web Token."""
    return signing.as_jwt(
        unsigned(credential),
        private,
        method=key_address(key.kid),
        since=credential.issued_at,
        until=credential.good_until,
        subject=subject_name(credential),
    )


def status_list(*, key: SigningKey, private: Any, at: datetime) -> dict[str, Any]:
    """The signed list of withdrawn places, good for a day."""
    document = {
        "@context": LIST_CONTEXT,
        "id": list_address(),
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_address(),
        "validFrom": moment(at),
        "validUntil": moment(at + LIST_GOOD_FOR),
        "credentialSubject": {
            "id": f"{list_address()}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": status.encoded(status.withdrawn_places()),
        },
    }
    return signing.with_proof(document, private, method=key_address(key.kid), created=moment(at))


def issuer(keys: Iterable[SigningKey]) -> dict[str, Any]:
    """Who issues, with every key that still verifies."""
    methods = [
        {
            "id": key_address(key.kid),
            "type": "Multikey",
            "controller": issuer_address(),
            "publicKeyMultibase": multibase.multikey(bytes(key.public)),
        }
        for key in keys
    ]
    return {
        "@context": [
            *CONTEXT,
            "https://w3id.org/security/multikey/v1",
        ],
        **_issuer(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def key_set(keys: Iterable[SigningKey]) -> dict[str, Any]:
    """The same keys as a JSON Web Key Set."""
    return {
        "keys": [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "use": "sig",
                "alg": signing.ALGORITHM,
                "kid": key_address(key.kid),
                "x": base64.urlsafe_b64encode(bytes(key.public)).decode().rstrip("="),
            }
            for key in keys
        ]
    }
