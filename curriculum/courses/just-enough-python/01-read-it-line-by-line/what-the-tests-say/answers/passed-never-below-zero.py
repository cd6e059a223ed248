def late_fee(days_late, tools):
    charged = max(days_late - 2, 0)
    return charged * 50 * tools
