"""One night, tried out: what is in the store and in the messages next morning."""

import night

RATES = {"101": 900, "102": 700}


def morning_after(text):
    """(what the import gave or the name of its error, the store, the messages, whether it still runs)"""
    store, state = {"old": 500}, {"messages": []}
    try:
        came = night.nightly(text, store, RATES, state)
    except Exception as error:
        came = type(error).__name__
    return came, store, len(state["messages"]), state["running"]
