"""Programs that print the figures in the documents, and what they share."""
