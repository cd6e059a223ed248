def late_fee(days, tools):
    print(days * 50 * tools)
