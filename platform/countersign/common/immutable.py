"""Rows that are written once. The database refuses, not only the code.

``refuse_changes("audit_entry")`` makes migration operations for triggers on PostgreSQL and
SQLite that refuse UPDATE and DELETE; ``only`` narrows that to changes of some columns.
``refuse_moves`` refuses moves of a state column that are not in the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


class WrittenOnce(Exception):
    """A row that can't change was about to."""


def refuse_changes(
    table: str, *, only: Sequence[str] = (), deletes: bool = False
) -> migrations.RunPython:
    """Refuse UPDATE of the table (or of ``only`` these columns), and DELETE if asked."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in only)
    verbs = {"UPDATE": changed, "DELETE": ""} if deletes else {"UPDATE": changed}
    return _triggers(table, verbs, f"{table} rows are written once")


def refuse_moves(
    table: str, column: str, allowed: Mapping[str, Sequence[str]]
) -> migrations.RunPython:
    """Refuse an UPDATE that moves the column between values that are not listed."""
    pairs = [(old, new) for old, news in allowed.items() for new in (old, *news)]
    legal = " OR ".join(
        f"(OLD.{column} = '{old}' AND NEW.{column} = '{new}')" for old, new in pairs
    )
    return _triggers(table, {"UPDATE": f"NOT ({legal})"}, f"{table}.{column} cannot move that way")


def _triggers(table: str, verbs: Mapping[str, str], message: str) -> migrations.RunPython:
    def forwards(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        del apps
        make = _postgresql if editor.connection.vendor == "postgresql" else _sqlite
        _drop(editor, table, verbs)  # a table that was altered on SQLite has lost them
        for verb, condition in verbs.items():
            for statement in make(table, verb, condition, message):
                editor.execute(statement)

    def backwards(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        del apps
        _drop(editor, table, verbs)

    return migrations.RunPython(forwards, backwards)


def _drop(editor: BaseDatabaseSchemaEditor, table: str, verbs: Mapping[str, str]) -> None:
    on_table = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
    for verb in verbs:
        editor.execute(f"DROP TRIGGER IF EXISTS {_name(table, verb)}{on_table}")


def _name(table: str, verb: str) -> str:
    return f"{table}_refuse_{verb.lower()}"


def _sqlite(table: str, verb: str, condition: str, message: str) -> list[str]:
    when = f" WHEN {condition}" if condition else ""
    return [
        (
            f"CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table}{when} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
    ]


def _postgresql(table: str, verb: str, condition: str, message: str) -> list[str]:
    name = _name(table, verb)
    when = f" WHEN ({condition})" if condition else ""
    return [
        (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$"
        ),
        (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"FOR EACH ROW{when} EXECUTE FUNCTION {name}()"
        ),
    ]
