-- By which folding a text was made findable: what an older one folded is folded again.

ALTER TABLE findable ADD COLUMN folded_by INTEGER NOT NULL DEFAULT 0;
CREATE INDEX findable_by_folding ON findable (folded_by);
