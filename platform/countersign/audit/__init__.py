"""Who did what to what: ``audit.record(audit.Action.…, actor=…, thing=…)``.

Names are resolved on first use, because models can't be imported before the apps are ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from countersign.audit.models import Action, Entry, record

__all__ = ["Action", "Entry", "record"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from countersign.audit import models

    return getattr(models, name)
