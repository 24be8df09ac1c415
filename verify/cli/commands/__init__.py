"""One command per file. Heavy modules are imported inside the command, so that help is quick."""
