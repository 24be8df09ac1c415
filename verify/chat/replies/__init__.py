"""Records into text and keyboards: pure functions, one module per kind of answer."""
