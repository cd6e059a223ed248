def half_hours(minutes):
    return -(-minutes // 30)


def quote(parts, minutes, same_day=False):
    if minutes < 0:
        raise ValueError(f"minutes: {minutes}")
    total = sum(parts) + 30 * half_hours(minutes)
    return total + 2 if same_day else total


def cheapest(offers):
    if not offers:
        return None
    return min(offers, key=lambda name: (offers[name], name))
