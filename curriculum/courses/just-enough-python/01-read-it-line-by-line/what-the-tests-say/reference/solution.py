def late_fee(days_late, tools):
    if days_late <= 2:
        return 0
    return (days_late - 2) * 50 * tools
