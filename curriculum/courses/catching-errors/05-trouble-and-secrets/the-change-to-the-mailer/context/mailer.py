"""Sends the library’s reminders through the mail service."""

import os

import post


class NotSent(Exception):
    """The mail service didn’t take the letter."""


def key():
    """The service’s key, from the environment."""
    return os.environ["MAIL_KEY"]


def send(to, text):
    """Send one letter, or raise NotSent."""
    try:
        post.deliver(key(), to, text)
    except post.Busy as error:
        raise NotSent(to) from error


def send_all(letters):
    """Send (to, text) each. Gives the addresses that weren’t reached."""
    missed = []
    for to, text in letters:
        try:
            send(to, text)
        except NotSent:
            missed.append(to)
    return missed
