def add_up(lines):
    total, unread = 0, []
    for number, line in enumerate(lines, start=1):
        try:
            total += int(line)
        except ValueError:
            unread.append(number)
    return total, unread
