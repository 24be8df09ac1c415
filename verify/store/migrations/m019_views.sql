-- The view is what is looked for and found. Which of a file's previews one is; the inner picture
-- by its own name, and as the view that its hash alone found; geometry joins whole pictures.

ALTER TABLE view ADD COLUMN number INTEGER;
DROP INDEX view_once;
UPDATE view SET kind = 'inner' WHERE kind = 'region';
CREATE UNIQUE INDEX view_once ON view (
  exhibit_id, kind, coalesce(at_ms, -1), coalesce(corners, ''), coalesce(number, -1)
);
UPDATE OR IGNORE match SET view_id = coalesce((
  SELECT part.id FROM view part JOIN view of_match ON of_match.id = match.view_id
  WHERE part.exhibit_id = of_match.exhibit_id AND part.kind = 'inner'
  AND part.corners = match.region), view_id)
WHERE inliers IS NULL AND region IS NOT NULL;
UPDATE OR IGNORE match SET earlier_view_id = coalesce((
  SELECT whole.id FROM view whole JOIN view of_match ON of_match.id = match.earlier_view_id
  WHERE whole.exhibit_id = of_match.exhibit_id AND whole.kind = 'whole'), earlier_view_id)
WHERE inliers IS NOT NULL;

-- Local features by view. Those of an earlier version stay where they are until they are moved,
-- a little at a time: see verify/store/moving.py.

ALTER TABLE features RENAME TO features_by_exhibit;
DROP INDEX features_by_version;
CREATE TABLE features (
  view_id INTEGER PRIMARY KEY REFERENCES view,
  version INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  points BLOB NOT NULL,
  descriptors BLOB NOT NULL,
  thumbnail BLOB NOT NULL
) STRICT;
CREATE INDEX features_by_version ON features (version);
