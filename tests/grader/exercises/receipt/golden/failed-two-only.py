print("Total", int(input()) + int(input()))
