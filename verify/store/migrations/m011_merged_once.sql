-- A case that is part of another one is merged no more, neither into a case nor as the place
-- of another: in a circle no case would stand.

CREATE TRIGGER merged_once BEFORE UPDATE OF merged_into ON "case"
WHEN NEW.merged_into IS NOT NULL AND (OLD.merged_into IS NOT NULL OR NEW.merged_into = NEW.id
  OR EXISTS (SELECT 1 FROM "case" c WHERE c.id = NEW.merged_into AND c.merged_into IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a merged case is not merged again'); END;
