"""Refunds for orders that came back."""

from datetime import timedelta

REFUND_WINDOW = 30  # days
RESTOCKING_FEE = 0.15  # share of the price


def refund_amount(order, today):
    """Return the refund in pence, or 0 when none is due."""
    age = today - order["bought_on"]
    if age > timedelta(days=REFUND_WINDOW):
        return 0

    total = 0
    for line in order["lines"]:
        # Only lines that came back and may be refunded
        if line["returned"] and not line["final_sale"]:
            amount = line["price"] * line["ordered"]
            if line["opened"]:
                amount = amount - amount * RESTOCKING_FEE
            total += amount

    # A voucher is money the customer never paid
    total -= order["voucher"]

    return round(total)


def refund_report(orders, today):
    """List (order id, refund) for every order with a refund due."""
    rows = []
    for order in orders:
        try:
            amount = refund_amount(order, today)
        except Exception:
            amount = 0
        if amount is None or amount > 0:
            rows.append((order["id"], amount))
    return rows
