-- acts_as: the person whose other account this is. What this one did before stays its own.
ALTER TABLE person ADD COLUMN acts_as INTEGER REFERENCES person;
