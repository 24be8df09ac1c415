"""The connection to a database, its tables, and what is wrong with either."""
