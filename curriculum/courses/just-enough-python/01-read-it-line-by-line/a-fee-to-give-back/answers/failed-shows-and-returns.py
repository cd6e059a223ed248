def late_fee(days, tools):
    fee = days * 50 * tools
    print(fee)
    return fee
