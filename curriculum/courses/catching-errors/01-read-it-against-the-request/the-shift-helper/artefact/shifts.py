"""Small helpers for the clinic’s shift plan."""

import statistics
from datetime import date, timedelta


def next_shift(day, weeks=1):
    """The same weekday, this many weeks later."""
    return day.add_days(7 * weeks)


def shifts_until(day, last, weeks=1):
    """Every shift from day up to and including the last day."""
    found = []
    while day <= last:
        found.append(day)
        day = day + timedelta(weeks=weeks)
    return found


def average_hours(hours):
    """The average of the hours that are known, 0 if there are none."""
    known = [each for each in hours if each is not None]
    return statistics.mean(known)


def clean_name(name):
    """The name without spaces around it and without its title."""
    return name.strip().lstrip("Dr. ")


def weekday_of(day):
    """The day’s name, as it stands on the plan."""
    return day.strftime("%A")


if __name__ == "__main__":
    print(weekday_of(date.today()), shifts_until(date.today(), date.today()))
