"""Finds members who are on the list twice."""

from collections import namedtuple

Member = namedtuple("Member", "number name email")


def same_key(email):
    """The e-mail in the one spelling by which members are compared."""
    return (email or "").strip().lower()


def duplicates(members):
    """Pairs of numbers of members with the same e-mail, each pair once."""
    pairs = []
    seen = []
    for member in sorted(members):
        key = same_key(member.email)
        for other, number in seen:
            if other == key:
                pairs.append((number, member.number))
        seen.append((key, member.number))
    return sorted(pairs)


def read_members(rows):
    """Members from the rows of the club’s table."""
    return [
        Member(int(row["number"]), row["name"], row.get("email"))
        for row in rows
    ]


def report(members):
    """One line for each pair, ready to send to the office."""
    return [f"{first} and {second}" for first, second in duplicates(members)]
