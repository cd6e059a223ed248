# What goes off soon? Nothing is built yet.
