"""Regrade much at once: a dry run, a table of what would change, one transaction, and undo."""

from countersign.regrades.services.applying import (
    CannotApply,
    LoweringNeedsConfirming,
    NotReady,
    TableChanged,
    TargetWithdrawn,
    apply,
    undo,
)
from countersign.regrades.services.changes import Change, Direction, Table, table_of
from countersign.regrades.services.dry_run import (
    NothingToRegrade,
    Progress,
    Scope,
    begin,
    cancel,
    go_on,
    in_scope,
    progress,
    try_again,
)
from countersign.regrades.services.telling import Told, told, told_lately

__all__ = [
    "CannotApply",
    "Change",
    "Direction",
    "LoweringNeedsConfirming",
    "NotReady",
    "NothingToRegrade",
    "Progress",
    "Scope",
    "Table",
    "TableChanged",
    "TargetWithdrawn",
    "Told",
    "apply",
    "begin",
    "cancel",
    "go_on",
    "in_scope",
    "progress",
    "table_of",
    "told",
    "told_lately",
    "try_again",
    "undo",
]
