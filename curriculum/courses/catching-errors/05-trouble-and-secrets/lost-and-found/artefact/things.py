"""Lost things: finding, adding, giving back."""

import sqlite3

ORDERS = {"newest": "number DESC", "name": "lower(name), number"}


class NumberTaken(Exception):
    """Another thing has this number."""


class NotThere(Exception):
    """No thing has this number."""


def pattern(text):
    """A LIKE pattern for names that contain the text, and nothing else."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return f"%{text.lower()}%"


def find(db, text, order="newest"):
    """(number, name) of the things whose name contains the text."""
    by = ORDERS.get(order, ORDERS["newest"])
    query = (
        "SELECT number, name FROM things "
        "WHERE lower(name) LIKE ? ESCAPE '\\' "
        f"ORDER BY {by}"
    )
    return db.execute(query, (pattern(text.strip()),)).fetchall()


def add(db, number, name):
    """Add a thing that somebody found."""
    try:
        with db:
            db.execute("INSERT INTO things VALUES (?, ?)", (number, name.strip()))
    except sqlite3.IntegrityError as error:
        raise NumberTaken(number) from error


def give_back(db, number):
    """Take a thing off the list."""
    with db:
        gone = db.execute("DELETE FROM things WHERE number = ?", (number,))
    if gone.rowcount == 0:
        raise NotThere(number)
