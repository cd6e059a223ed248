from stock import low
