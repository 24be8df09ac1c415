-- which exhibits have local features, without reading past all of them
CREATE INDEX features_by_version ON features(version);
