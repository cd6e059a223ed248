"""How a connection may leave this machine."""

from __future__ import annotations

from django.conf import settings

from countersign.common.outbound import Rules
from countersign.llm.connections import Connection


def rules_for(connection: Connection) -> Rules:
    """The operator's own address may be private; an organisation's only if the operator says so."""
    return Rules(
        is_trusted=connection.is_trusted,
        private_hosts=frozenset(host.lower() for host in settings.LLM_PRIVATE_HOSTS),
    )
