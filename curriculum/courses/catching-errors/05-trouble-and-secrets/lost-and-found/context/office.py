"""An office to try the list in."""

import sqlite3

import things


def office():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE things (number INTEGER PRIMARY KEY, name TEXT)")
    rows = [(1, "Blue cap"), (2, "red Cap"), (3, "scarf 100% wool"), (4, "O'Neil's book")]
    db.executemany("INSERT INTO things VALUES (?, ?)", rows)
    db.commit()
    return db


def found(text, order="newest"):
    """The numbers that a search gives, in order."""
    return [number for number, _ in things.find(office(), text, order)]


def after(change, *values):
    """How many things there are after a change, or the name of its error."""
    db = office()
    try:
        getattr(things, change)(db, *values)
    except Exception as error:
        return type(error).__name__
    return len(things.find(db, ""))
