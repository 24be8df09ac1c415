"""A source-verification desk in a chat. As a library: `verify.desk.Desk`."""
