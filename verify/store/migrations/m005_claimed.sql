-- Whether a person stated the date and the place of a claim.

ALTER TABLE claim ADD COLUMN date_stated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claim ADD COLUMN place_stated INTEGER NOT NULL DEFAULT 0;
