from decimal import Decimal

from invoice import format_amount, invoice_total, line_amount


def line(price, **more):
    return {"text": "Pump", "price": price, **more}


def test_a_line_without_quantity():
    assert line_amount(line("19.99")) == Decimal("19.99")
    assert invoice_total([line("0.10"), line("0.20")]) == Decimal("0.30")


def test_a_cancelled_line():
    assert line_amount(line("5.00", quantity=0)) == 0


def test_large_amounts_keep_their_cents():
    assert line_amount(line("90071992547409.93", quantity=1)) == Decimal("90071992547409.93")


def test_half_a_cent_goes_up():
    assert invoice_total([line("0.25")], 50) == Decimal("0.13")
    assert invoice_total([line("0.75")], 50) == Decimal("0.38")


def test_format():
    assert format_amount(Decimal("1234.5")) == "1,234.50"
