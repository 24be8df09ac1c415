"""How records are laid out in full: as text for a terminal or a report, as JSON, as a table.

Each layout takes what renders a sentence or value for its reader, and gives text or plain data.
"""
