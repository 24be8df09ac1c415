-- A table that nothing ever wrote to.

DROP TABLE label;
