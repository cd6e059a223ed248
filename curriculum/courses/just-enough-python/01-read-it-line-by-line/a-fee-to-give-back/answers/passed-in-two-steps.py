def late_fee(days, tools):
    per_tool = days * 50
    return per_tool * tools
