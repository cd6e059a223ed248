def late_fee(days, tools):
    return days * 50 * tools
