-- About which exhibit of a case a note was written, where that is known.
ALTER TABLE note ADD COLUMN exhibit_id INTEGER;
