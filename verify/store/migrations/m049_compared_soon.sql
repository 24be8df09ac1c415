-- soon: 1 for what a fingerprint calls like an exhibit of a case, which its people wait for.
ALTER TABLE uncompared ADD COLUMN soon INTEGER NOT NULL DEFAULT 0;
CREATE INDEX uncompared_in_turn ON uncompared (compared, soon DESC, exhibit_id);
