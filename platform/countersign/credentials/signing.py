"""Two ways to sign one document: a Data Integrity proof inside it, and a JSON Web Token of it.

Sources: W3C Verifiable Credentials 2.0, Data Integrity EdDSA Cryptosuites 1.0 (``eddsa-jcs-2022``),
RFC 8785 (canonical JSON), and 1EdTech Open Badges 3.0 section 8 (VC-JWT).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import jwt
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from countersign.credentials import multibase

SUITE = "eddsa-jcs-2022"
ALGORITHM = "EdDSA"


def with_proof(
    document: Mapping[str, Any],
    private: Ed25519PrivateKey,
    *,
    method: str,
    created: str,
) -> dict[str, Any]:
    """The document with a proof. ``method`` is the address of the public key, ``created`` a time
    such as ``2026-11-23T08:00:00Z``."""
    proof = {
        "@context": document["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = private.sign(_digest(document, proof))
    return {**document, "proof": {**proof, "proofValue": multibase.encoded(signature)}}


def proof_holds(signed: Mapping[str, Any], public: Ed25519PublicKey) -> bool:
    """Does the proof belong to exactly this document? The caller chose the key."""
    document = {name: value for name, value in signed.items() if name != "proof"}
    proof = dict(signed["proof"])
    try:
        signature = multibase.decoded(str(proof.pop("proofValue", "")), length=64)
        public.verify(signature, _digest(document, proof))
    except (InvalidSignature, multibase.NotMultibase, rfc8785.CanonicalizationError):
        return False
    return True


def _digest(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    parts = (sha256(rfc8785.dumps(dict(part))).digest() for part in (proof, document))
    return b"".join(parts)


def as_jwt(
    document: Mapping[str, Any],
    private: Ed25519PrivateKey,
    *,
    method: str,
    since: datetime,
    until: datetime,
    subject: str = "",
) -> str:
    """The document as a signed token (VC-JWT)."""
    claims = {
        **document,
        "iss": issuer_id(document),
        "jti": document["id"],
        "nbf": int(since.timestamp()),
        "exp": int(until.timestamp()),
    }
    if subject:
        claims["sub"] = subject
    return jwt.encode(claims, private, algorithm=ALGORITHM, headers={"kid": method, "typ": "JWT"})


def key_named_in(token: str) -> str:
    """The ``kid`` of a token's header; every other hint about keys in it is ignored.

    Raises jwt.InvalidTokenError for anything that isn't such a token.
    """
    return str(jwt.get_unverified_header(token).get("kid", ""))


def payload_of(token: str, public: Ed25519PublicKey) -> dict[str, Any]:
    """What was signed. Raises jwt.InvalidTokenError; dates are the reader's own business."""
    payload: dict[str, Any] = jwt.decode(
        token,
        public,
        algorithms=[ALGORITHM],
        options={
            "verify_exp": False,
            "verify_nbf": False,
            "verify_iat": False,
            "verify_aud": False,
            "verify_sub": False,
        },
    )
    return payload


def issuer_id(document: Mapping[str, Any]) -> str:
    issuer = document.get("issuer")
    return str(issuer.get("id", "")) if isinstance(issuer, Mapping) else str(issuer or "")
