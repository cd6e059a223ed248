"""A mail service to try the mailer with."""

import os

os.environ.setdefault("MAIL_KEY", "only-for-trying")

STATE = {"busy": 0, "taken": []}


class Busy(Exception):
    """Try again later."""


def deliver(key, to, text):
    """Take a letter, unless the service is busy."""
    if "@" not in to:
        raise ValueError(to)
    if STATE["busy"] > 0:
        STATE["busy"] -= 1
        raise Busy
    STATE["taken"].append(to)


def sent_by(letters, busy=0):
    """(addresses that were missed, addresses that were reached) with so many busy answers first"""
    import mailer

    STATE["busy"], STATE["taken"] = busy, []
    missed = mailer.send_all(letters)
    return missed, list(STATE["taken"])


def outcome(to, busy):
    """The name of the error when one letter is sent, or how often it was taken."""
    import mailer

    STATE["busy"], STATE["taken"] = busy, []
    try:
        mailer.send(to, "Hello")
    except Exception as error:
        return type(error).__name__
    return len(STATE["taken"])
