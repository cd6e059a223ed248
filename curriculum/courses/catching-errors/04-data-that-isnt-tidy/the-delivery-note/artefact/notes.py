"""Reads delivery notes: one line for each article, `number;count;price`."""

from collections import namedtuple
from decimal import Decimal, InvalidOperation

Line = namedtuple("Line", "article count cents")


def cents_of(text):
    """A price in rand as whole cents."""
    price = Decimal(text.strip().replace(",", ".")) * 100
    if price != int(price):
        raise ValueError(f"part of a cent: {text}")
    if price < 0:
        raise ValueError(f"below zero: {text}")
    return int(price)


def read_line(text):
    """One line of the note, or ValueError."""
    article, count, price = text.split(";")
    if int(count) < 1:
        raise ValueError(f"count: {count}")
    return Line(article.strip(), int(count), cents_of(price))


def read_note(text):
    """(lines that were read, [(number, text)] of those that weren’t)"""
    lines, unread = [], []
    for number, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        try:
            lines.append(read_line(row))
        except (ValueError, InvalidOperation, OverflowError):
            unread.append((number, row))
    return lines, unread


def by_value(lines):
    """(article, cents) for all of an article, the dearest first."""
    values = {}
    for line in lines:
        values[line.article] = values.get(line.article, 0) + line.count * line.cents
    return sorted(values.items(), key=lambda each: (-each[1], each[0]))
