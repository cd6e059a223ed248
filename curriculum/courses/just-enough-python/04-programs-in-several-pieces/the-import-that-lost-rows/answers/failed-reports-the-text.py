def add_up(lines):
    total, unread = 0, []
    for line in lines:
        try:
            total += int(line)
        except ValueError:
            unread.append(line)
    return total, unread
