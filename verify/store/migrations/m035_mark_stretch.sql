-- The stretch of a film that a mark concerns, in seconds; NULL, both, for all of it.
ALTER TABLE mark ADD COLUMN begins REAL;
ALTER TABLE mark ADD COLUMN ends REAL;
