def late_fee(days_late, tools):
    return (days_late - 2) * 50 * tools
