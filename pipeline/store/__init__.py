"""SQLite: what the program remembers between two runs. The only room with SQL."""
