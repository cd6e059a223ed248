"""Invoice totals, ready to print."""

from decimal import Decimal, ROUND_HALF_EVEN, ROUND_HALF_UP

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def line_amount(line):
    """Price times quantity for one line of the invoice."""
    quantity = line.get("quantity") or 1
    return Decimal(str(float(line["price"]) * quantity))


def invoice_total(lines, discount=None):
    """Add up all lines and take off the discount, a percentage or None."""
    total = sum((line_amount(line) for line in lines), Decimal(0))

    # The discount goes off the sum, so that rounding happens only once
    if discount is not None:
        total -= total * Decimal(discount) / HUNDRED

    return total.quantize(CENT, rounding=ROUND_HALF_EVEN)


def format_amount(amount):
    """Write an amount with a comma for thousands and two decimals."""
    return f"{amount:,.2f}"


def print_invoice(lines, discount=None):
    """Print each line and the total, as the customer gets it."""
    for line in lines:
        print(f"{line['text']:<30}{format_amount(line_amount(line)):>12}")
    print("-" * 42)
    print(f"{'Total':<30}{format_amount(invoice_total(lines, discount)):>12}")
