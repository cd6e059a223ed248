def add_up(lines):
    total = 0
    unread = []
    number = 0
    for line in lines:
        number = number + 1
        try:
            total = total + int(line)
        except ValueError:
            unread.append(number)
    return total, unread
