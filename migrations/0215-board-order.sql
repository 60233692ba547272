-- Where a card stands on the board is its owner's to say: first by priority, then by rank; the larger stands higher. Until somebody moves a
-- card its rank follows from its relevance and its number, so that the most relevant stands first, and of those the newest.
ALTER TABLE proposal ADD COLUMN priority INTEGER NOT NULL DEFAULT 50 CHECK (priority BETWEEN 0 AND 100);
ALTER TABLE proposal ADD COLUMN rank REAL NOT NULL DEFAULT 0;
UPDATE proposal SET rank = relevance * 1000000.0 + number;
DROP INDEX proposal_board;
DROP INDEX proposal_project;
CREATE INDEX proposal_board ON proposal(stage, priority DESC, rank DESC, number DESC);
CREATE INDEX proposal_project ON proposal(project_id, stage, priority DESC, rank DESC, number DESC);
