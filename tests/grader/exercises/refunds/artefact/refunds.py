"""Work out refunds for orders that came back."""

RETURN_DAYS = 30
RESTOCKING_FEE = 0.15


def refund_amount(order, today):
    """Return the refund for one order in whole pence, 0 if none is due."""
    days = today - order["bought_on"]
    if days > RETURN_DAYS:
        return 0

    total = 0
    for item in order["items"]:
        # Pay for every item in the order
        total += item["price"]
        if item["opened"]:
            total -= item["price"] * RESTOCKING_FEE

    if order["voucher"]:
        total -= order["voucher"]

    return max(0, round(total))


def refund_report(orders, today):
    """List (order id, refund) for every order with a refund due."""
    rows = []
    for order in orders:
        try:
            amount = refund_amount(order, today)
        except Exception:
            amount = 0
        if amount > 0:
            rows.append((order["id"], amount))
    return rows
