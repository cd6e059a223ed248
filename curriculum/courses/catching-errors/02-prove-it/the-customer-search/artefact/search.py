"""Finding and deleting customers."""

MOST = 20


class NoSuchCustomer(LookupError):
    """Nobody has this id."""


def find_customers(db, text):
    """Customers whose name contains the text, sorted by name."""
    pattern = f"%{text.strip().lower()}%"
    query = (
        "SELECT id, name FROM customers "
        f"WHERE lower(name) LIKE '{pattern}' "
        f"ORDER BY name LIMIT {MOST}"
    )
    return db.execute(query).fetchall()


def orders_of(db, customer):
    """The numbers of a customer’s orders, oldest first."""
    query = "SELECT number FROM orders WHERE customer = ? ORDER BY number"
    return [number for (number,) in db.execute(query, (customer,))]


def delete_customer(db, customer):
    """Delete a customer together with all of their orders."""
    db.execute("DELETE FROM orders WHERE customer = ?", (customer,))
    db.commit()
    gone = db.execute("DELETE FROM customers WHERE id = ?", (customer,))
    if gone.rowcount == 0:
        db.rollback()
        raise NoSuchCustomer(customer)
    db.commit()
