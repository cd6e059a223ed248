def late_fee(days, tools):
    return str(days * 50 * tools) + " cents"
