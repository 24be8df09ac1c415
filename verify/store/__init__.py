"""The only SQL and the only disk writes: one module for each kind of thing that is kept."""
