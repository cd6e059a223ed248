"""The list for the bus company: who gets on, and where."""

import json
import os

ADDRESS = os.environ.get("BUS_ADDRESS", "https://bus.example/lists")
KEY = "bk_live_7f3e91c2a4"


def riders(text):
    """The children of the file, one JSON object on each line."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def entry(child):
    """What the bus company gets to know of a child."""
    kept = {key: value for key, value in child.items() if key != "phone"}
    return kept


def message(text):
    """The request to the bus company: address, headers and body."""
    entries = [entry(child) for child in riders(text)]
    # The bus goes from stop to stop, so the list does, too
    entries.sort(key=lambda child: child["stop"])
    headers = {"Authorization": "Bearer " + KEY}
    return {"url": ADDRESS, "headers": headers, "body": json.dumps(entries)}
