def late_fee(days_late, tools):
    return 0
