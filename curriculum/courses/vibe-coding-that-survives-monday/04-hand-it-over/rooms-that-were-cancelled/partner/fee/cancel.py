def fee(price, days):
    """What cancelling costs, so many days before."""
    if {edge.free}:
        return 0
    if {edge.half}:
        return {half}
    return price
