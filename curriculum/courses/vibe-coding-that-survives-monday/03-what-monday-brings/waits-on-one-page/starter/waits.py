# Wanjiru’s page about waits. Nothing is built yet.
