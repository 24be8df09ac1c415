-- Indexes by what is asked for, and by what SQLite looks for before it lets a row go.

CREATE INDEX verdict_by_exhibit ON verdict (exhibit_id);
CREATE INDEX verdict_by_claim ON verdict (claim_id);
CREATE INDEX verdict_by_examination ON verdict (examination_id);
CREATE INDEX answer_by_examination ON answer (examination_id);
CREATE INDEX finding_by_case ON finding (case_id);
CREATE INDEX match_by_earlier_view ON match (earlier_view_id);
CREATE INDEX match_by_examination ON match (examination_id);
CREATE INDEX claim_by_submission ON claim (submission_id);
CREATE INDEX claim_by_exhibit ON claim (exhibit_id);
CREATE INDEX sighting_by_source ON sighting (source_id);
CREATE INDEX bot_message_by_exhibit ON bot_message (exhibit_id);
CREATE INDEX open_case_by_case ON open_case (case_id);
CREATE INDEX related_by_other ON related (other_id);
CREATE INDEX notice_by_case ON notice (case_id);
CREATE INDEX case_by_merged_into ON "case" (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX custody_by_case ON custody_event (json_extract(subject, '$.case'));
CREATE INDEX custody_by_exhibit ON custody_event (json_extract(subject, '$.exhibit'));

-- Cases whose comparisons are to be made again. A later change gives a case a new id, by which a
-- comparison that read before it knows that it is out of date.

CREATE TABLE stale (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id INTEGER NOT NULL UNIQUE REFERENCES "case"
) STRICT;
