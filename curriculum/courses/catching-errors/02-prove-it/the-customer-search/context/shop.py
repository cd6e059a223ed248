"""A small shop to try the search in."""

import sqlite3

import search


def opened():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT)")
    db.execute("CREATE TABLE orders (number INTEGER, customer INTEGER)")
    people = [(1, "Joanna"), (2, "Annika"), (3, "Pat O'Neil")]
    db.executemany("INSERT INTO customers VALUES (?, ?)", people)
    db.executemany("INSERT INTO orders VALUES (?, ?)", [(10, 1), (11, 1), (12, 9)])
    db.commit()
    return db


def search_in(text):
    """What the search gives in this shop."""
    try:
        return search.find_customers(opened(), text)
    except sqlite3.Error as error:
        return f"stopped: {error}"


def remaining(db, customer):
    """How many customers there are, and how many orders this one has."""
    (people,) = db.execute("SELECT count(*) FROM customers").fetchone()
    return people, len(search.orders_of(db, customer))


def delete_in(customer):
    """What is left after a customer is deleted."""
    db = opened()
    search.delete_customer(db, customer)
    return remaining(db, customer)


def is_all_or_nothing(customer):
    """Whether the orders are still there after deleting somebody who doesn't exist."""
    db = opened()
    try:
        search.delete_customer(db, customer)
    except search.NoSuchCustomer:
        return remaining(db, customer)[1] == 1
    return False
