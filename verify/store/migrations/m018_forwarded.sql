-- Where the words of a claim first stood when they were forwarded without a picture (the JSON of an
-- origin, or empty), and the links in them.

ALTER TABLE claim ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN links TEXT NOT NULL DEFAULT '[]';
