def tidy_number(text):
    """Digits alone, with + for abroad; None if there are too few."""
    text = text.strip()
    abroad = text.startswith("+") or text.startswith("00")
    digits = "".join(sign for sign in text if sign.isdigit())
    if text.startswith("00"):
        digits = digits[2:]
    if len(digits) < 6:
        return None
    return "+" + digits if abroad else digits
