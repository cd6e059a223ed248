"""Answers from a file, for trying pages out without a network: ``LLM_SCRIPT`` names it.

The file is a JSON list of ``{"when": "words of the request", "reply": "…"}``; the first whose
words stand in the request answers.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from countersign.common.outbound import Deadline
from countersign.llm.connections import Connection
from countersign.llm.providers import Asked
from countersign.llm.trouble import ModelAway, Trouble


def complete(asked: Asked, *, connection: Connection, deadline: Deadline) -> str:
    """A reply of the protocol with the scripted text. ModelAway when no entry fits."""
    del deadline
    said = "\n".join(message["content"] for message in asked.messages)
    for entry in json.loads(Path(settings.LLM_SCRIPT).read_text("utf-8")):
        if entry["when"] in said:
            return _reply(entry["reply"], connection.model)
    raise ModelAway(Trouble.UNREACHABLE, "nothing in the script fits")


def _reply(text: str, model: str) -> str:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}}
    return json.dumps(
        {
            "object": "chat.completion",
            "model": model,
            "choices": [choice | {"finish_reason": "stop"}],
        }
    )
