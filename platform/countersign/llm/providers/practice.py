"""No model at all. The practice model lives in the grader; nothing here plays its part."""

from __future__ import annotations

from countersign.common.outbound import Deadline
from countersign.llm.connections import Connection
from countersign.llm.providers import Asked
from countersign.llm.trouble import ModelAway, Trouble


def complete(asked: Asked, *, connection: Connection, deadline: Deadline) -> str:
    """Raises ModelAway: the practice model writes code by rules and can't be asked anything."""
    del asked, connection, deadline
    raise ModelAway(Trouble.OFF)
