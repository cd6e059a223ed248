"""Who is told the model's key when the site starts its parts."""

from __future__ import annotations

from countersign.operations import parts
from countersign.operations.supervisor import Part

TOLD = {
    "OPENAI_API_KEY": "sk-one",
    "OPENAI_API_KEY_FILE": "/run/secrets/key",
    "LLM_VAULT_KEYS": "vault",
    "LLM_MODEL": "small",
    "EMAIL_URL": "smtp://u:p@mail",
    "HOME": "/home",
}


def _knows(part: Part) -> set[str]:
    return set(part.environment) & set(TOLD)


def test_graders_know_neither_key_nor_vault_nor_mail() -> None:
    for part in parts.workers(TOLD, queues=["grading"], slots=2):
        assert _knows(part) == {"HOME"}


def test_a_worker_that_grades_beside_other_work_knows_no_key_either() -> None:
    [part] = parts.workers(TOLD, queues=["default", "grading", "llm"], slots=1)
    assert _knows(part) == {"HOME"}


def test_only_workers_of_models_know_the_key() -> None:
    [worker] = parts.workers(TOLD, queues=["llm"], slots=1)
    [other] = parts.workers(TOLD, queues=["default"], slots=1)
    assert "OPENAI_API_KEY" in _knows(worker)
    for part in (other, parts.web(TOLD), parts.dispatcher(TOLD)):
        assert not {"OPENAI_API_KEY", "OPENAI_API_KEY_FILE"} & _knows(part)
