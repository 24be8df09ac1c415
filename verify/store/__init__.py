"""The only SQL and the only disk writes: packages by subject, a module a kind of thing kept."""
