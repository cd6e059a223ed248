def late_fee(days_late, tools):
    if days_late > 2:
        return (days_late - 2) * 50
    return 0
