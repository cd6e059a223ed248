"""Logs can be read by programs and hold no secret."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import pytest

from countersign.operations import logs

CANARY = "canary-5b1f0c-secret"


def _record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    log = logging.getLogger("countersign.test")
    return log.makeRecord(log.name, logging.ERROR, __file__, 1, message, args, None, extra=extra)


def test_a_line_is_one_json_object() -> None:
    line = json.loads(logs.JsonLines().format(_record("Run %s\nended", 7, run=7)))

    assert line["message"] == "Run 7\nended"
    assert (line["level"], line["logger"], line["run"]) == ("error", "countersign.test", 7)
    assert line["at"].endswith("+00:00")


@pytest.mark.parametrize("form", [logs.JsonLines(), logs.PlainLines()])
def test_a_secret_of_the_environment_is_hidden_even_in_a_traceback(
    form: logging.Formatter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "_SECRETS", logs.secrets_of({"SECRET_KEY": CANARY}))
    record = _record("key is %s", CANARY, note=CANARY)
    try:
        int(CANARY)
    except ValueError:
        record.exc_info = sys.exc_info()

    line = form.format(record)

    assert "ValueError" in line
    assert CANARY not in line


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {CANARY}",
        f"Authorization: Token {CANARY}",
        f"redis://:{CANARY}@broker:6379/0",
        f"postgresql://ann:{CANARY}@db/site",
        f"POST password={CANARY}&next=/",
        f"Cookie: sessionid={CANARY}; theme=dark",
    ],
)
def test_what_is_shaped_like_a_secret_is_hidden(text: str) -> None:
    assert CANARY not in logs.redact(text)


def test_the_token_of_a_link_is_hidden_and_ids_are_not() -> None:
    token = "Zx8Qk2mN4pR6sT9vW1yB3dF5hJ7lC0aE"
    run = "7f8a1c52-9a41-4a7e-8f44-0d6a2c1b9e11"

    assert logs.redact(f"Not Found: /join/{token}/") == "Not Found: /join/[hidden]/"
    assert run in logs.redact(f"GET /submissions/{run}/status")


def test_secrets_are_found_in_urls_and_files(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-a-file-123\n")
    environment = {
        "DATABASE_URL": "postgresql://ann:p%40ssword-1@db/site",
        "LLM_API_KEY": "model-key-123",
        "SECRET_KEY_FILE": str(tmp_path / "key"),
        "SITE_URL": "https://learn.example.org",
        "HOME": "/home/somebody",
    }

    found = logs.secrets_of(environment)

    assert set(found) == {"p%40ssword-1", "p@ssword-1", "model-key-123", "from-a-file-123"}
