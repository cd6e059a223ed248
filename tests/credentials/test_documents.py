"""What we sign is what other implementations accept, and nothing altered passes."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openbadgeslib.ob3.did import _b58btc_decode
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from countersign.accounts.models import User
from countersign.common import clock
from countersign.credentials import documents, keys, presented, status
from countersign.credentials.codes import new_code
from countersign.credentials.models import Credential, CredentialKind, Withdrawal
from countersign.credentials.presented import Finding
from countersign.credentials.services import withdraw
from tests.cast import Cast


def issued(learner: User, **fields: Any) -> Credential:
    now = clock.now()
    facts: dict[str, Any] = {
        "code": new_code(),
        "learner": learner,
        "named": learner.name,
        "kind": CredentialKind.SKILL,
        "subject": "read.trace",
        "title": "Predict what code does",
        "description": "The value you predict is the value the code gives.",
        "areas": ["Evaluate AI Outputs"],
        "submissions": [],
        "tasks": 9,
        "score": 82.5,
        "engines": ["code@2"],
        "salt": "00ff",
        "status": status.take_place(),
        "issued_at": now,
        "good_until": now + timedelta(days=700),
    }
    facts.update(fields)
    credential = Credential(**facts)
    credential.save()
    return credential


def signed(credential: Credential) -> dict[str, Any]:
    key, private = keys.current()
    document: dict[str, Any] = json.loads(
        json.dumps(documents.signed(credential, key=key, private=private))
    )
    return document


def token(credential: Credential) -> str:
    key, private = keys.current()
    return documents.token(credential, key=key, private=private)


def our_key() -> Ed25519PublicKey:
    return keys.public(keys.current()[0])


@pytest.fixture
def badge(people: Cast) -> Credential:
    return issued(people.ada)


def test_a_second_implementation_accepts_the_token(badge: Credential) -> None:
    pem = our_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    read = OB3Verifier(pem).verify(token(badge))
    assert read.to_jwt_payload()["name"] == badge.title


def test_a_second_implementation_refuses_an_altered_token(badge: Credential) -> None:
    pem = our_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body, tail = token(badge).split(".")
    changed = base64.urlsafe_b64decode(body + "==").replace(b"Predict", b"Pretend")
    forged = ".".join((head, base64.urlsafe_b64encode(changed).decode().rstrip("="), tail))
    with pytest.raises(OB3VerificationError):
        OB3Verifier(pem).verify(forged)


def independently_verified(document: dict[str, Any], public: Ed25519PublicKey) -> None:
    """eddsa-jcs-2022 by the standard's text, with none of our code: our documents hold only
    strings, lists and objects with ASCII keys, where canonical JSON is Python's sorted one."""

    def canonical(value: Any) -> bytes:
        words = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return words.encode()

    document = dict(document)
    proof = dict(document.pop("proof"))
    signature = _b58btc_decode(proof.pop("proofValue")[1:])
    digest = sha256(canonical(proof)).digest() + sha256(canonical(document)).digest()
    public.verify(signature, digest)


def test_the_proof_holds_by_the_standards_text(badge: Credential) -> None:
    independently_verified(signed(badge), our_key())


def test_the_proof_breaks_with_one_word(badge: Credential) -> None:
    document = signed(badge)
    document["credentialSubject"]["achievement"]["name"] = "Everything"
    with pytest.raises(InvalidSignature):
        independently_verified(document, our_key())


def test_the_issuers_page_names_the_key_that_signed(badge: Credential) -> None:
    key, _private = keys.current()
    (method,) = documents.issuer([key])["verificationMethod"]
    assert method["id"] == signed(badge)["proof"]["verificationMethod"]
    raw = _b58btc_decode(method["publicKeyMultibase"][1:])
    assert raw == b"\xed\x01" + our_key().public_bytes_raw()


def test_the_status_list_sets_the_bit_of_what_was_withdrawn(people: Cast) -> None:
    kept, gone = issued(people.ada), issued(people.zoe)
    withdraw(gone, Withdrawal.MISTAKE)
    key, private = keys.current()
    document = documents.status_list(key=key, private=private, at=clock.now())
    independently_verified(document, our_key())
    packed = document["credentialSubject"]["encodedList"]
    bits = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
    assert len(bits) * 8 == 131_072

    def bit(place: int) -> int:
        return bits[place // 8] >> (7 - place % 8) & 1

    assert (bit(kept.status_id), bit(gone.status_id)) == (0, 1)


def test_an_erased_persons_credential_counts_as_withdrawn(badge: Credential) -> None:
    place = badge.status_id
    document = json.dumps(signed(badge))
    badge.delete()
    assert place in status.withdrawn_places()
    assert presented.shown(document).finding is Finding.UNKNOWN


def test_figures_show_only_where_the_owner_says_so(people: Cast) -> None:
    quiet = json.dumps(documents.unsigned(issued(people.ada, shows_figures=False)))
    loud = json.dumps(documents.unsigned(issued(people.zoe)))
    assert "82.5" in loud
    assert "82.5" not in quiet
    assert "code@2" not in quiet


def test_the_document_holds_no_address_and_no_name(badge: Credential) -> None:
    words = json.dumps(documents.unsigned(badge))
    assert badge.learner.email not in words
    assert badge.learner.name not in words


class TestPresented:
    """What somebody shows us."""

    def test_ours_is_genuine_both_ways(self, badge: Credential) -> None:
        assert presented.shown(json.dumps(signed(badge))).credential == badge
        assert presented.shown(token(badge)).finding is Finding.GENUINE

    def test_withdrawn(self, badge: Credential) -> None:
        document = json.dumps(signed(badge))
        withdraw(badge, Withdrawal.MISTAKE)
        assert presented.shown(document).finding is Finding.WITHDRAWN

    def test_run_out(self, people: Cast) -> None:
        now = clock.now()
        old = issued(
            people.ada, issued_at=now - timedelta(days=10), good_until=now - timedelta(days=1)
        )
        assert presented.shown(json.dumps(signed(old))).finding is Finding.RUN_OUT

    def test_a_clock_an_hour_ahead_is_told(self, people: Cast) -> None:
        ahead = issued(people.ada, issued_at=clock.now() + timedelta(hours=1))
        assert presented.shown(token(ahead)).finding is Finding.NOT_YET

    def test_another_issuer(self, badge: Credential) -> None:
        document = signed(badge)
        document["issuer"]["id"] = "https://elsewhere.example/issuer"
        assert presented.shown(json.dumps(document)).finding is Finding.NOT_OURS

    def test_a_strangers_key_with_our_name(self, badge: Credential) -> None:
        key, private = keys.current()
        document = documents.signed(badge, key=key, private=private)
        keys.give_up(key)
        assert presented.shown(json.dumps(document)).finding is Finding.NOT_OURS

    def test_a_retired_key_still_verifies(self, badge: Credential) -> None:
        document = json.dumps(signed(badge))
        keys.retire(keys.current()[0])
        assert presented.shown(document).finding is Finding.GENUINE
        assert presented.shown(json.dumps(signed(badge))).finding is Finding.GENUINE

    def test_a_member_named_twice(self, badge: Credential) -> None:
        words = json.dumps(signed(badge))
        twice = '{"name": "Everything", ' + words[1:]
        assert presented.shown(twice).finding is Finding.UNREADABLE

    @pytest.mark.parametrize(
        "text",
        ["", "{", "[]", "null", "a.b.c", "{}", '{"proof": 3}', "x" * 70_000, "[" * 20_000, "\0"],
    )
    def test_what_is_no_credential(self, db: None, text: str) -> None:
        assert presented.shown(text).finding is Finding.UNREADABLE

    @pytest.mark.parametrize("algorithm", ["none", "HS256"])
    def test_another_algorithm(self, badge: Credential, algorithm: str) -> None:
        head, body, _tail = token(badge).split(".")
        header = json.loads(base64.urlsafe_b64decode(head + "=="))
        header["alg"] = algorithm
        forged = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
        assert presented.shown(f"{forged}.{body}.").finding is not Finding.GENUINE

    def test_a_key_brought_along(self, badge: Credential) -> None:
        from jwt import encode

        stranger = Ed25519PrivateKey.generate()
        headers = {
            "kid": documents.key_address("key-of-mine"),
            "jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AAAA"},
            "jku": "https://elsewhere.example/keys",
        }
        forged = encode(documents.unsigned(badge), stranger, algorithm="EdDSA", headers=headers)
        assert presented.shown(forged).finding is Finding.NOT_OURS


LEAVES = ["name", "validFrom", "validUntil", "id"]


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.sampled_from(LEAVES), what=st.text(min_size=1, max_size=40))
def test_no_change_of_a_word_goes_unseen(badge: Credential, where: str, what: str) -> None:
    document = signed(badge)
    if document[where] == what:
        return
    document[where] = what
    assert presented.shown(json.dumps(document)).finding is not Finding.GENUINE


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0, max_value=2_000), digit=st.sampled_from("09azAZ_-"))
def test_no_change_of_a_letter_in_a_token_goes_unseen(
    badge: Credential, place: int, digit: str
) -> None:
    good = token(badge)
    place %= len(good)
    if good[place] in (digit, "."):
        return
    changed = good[:place] + digit + good[place + 1 :]
    if place == len(good) - 1:  # the last letter carries two spare bits of no meaning
        return
    assert presented.shown(changed).finding is not Finding.GENUINE
