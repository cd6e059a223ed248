def half_hours(minutes):
    return -(-minutes // 30)


def quote(parts, minutes, same_day=False):
    total = sum(parts) + 30 * half_hours(minutes)
    return total + 20 if same_day else total


def cheapest(offers):
    if not offers:
        return None
    return min(offers, key=lambda name: (offers[name], name))
