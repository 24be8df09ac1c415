-- By which rules the words of a claim were read, and the day of the post that a date such as
-- "yesterday" was counted from. What older rules read is read again.

ALTER TABLE claim ADD COLUMN read_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claim ADD COLUMN counted_from TEXT NOT NULL DEFAULT '';
CREATE INDEX claim_by_reading ON claim (read_by);
