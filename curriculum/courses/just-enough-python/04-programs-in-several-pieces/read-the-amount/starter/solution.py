def amount(typed):
    return typed
