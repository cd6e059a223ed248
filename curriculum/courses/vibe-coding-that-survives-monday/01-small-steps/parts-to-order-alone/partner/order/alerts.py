from stock import low, to_order
