"""A hub of many desks on PostgreSQL: its tables and functions, and the one way to speak to it.

The only place that knows psycopg, which is imported where a hub is named. docs/hub.md says what a
hub is and what it promises.
"""
