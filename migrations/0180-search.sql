-- What search reads. It holds no text, only which words stand where, and follows from the other tables: whatever is missing is filled in
-- beside the work. A row is a proposal or a run by its number, or an event by its run's number times 2^32 plus its sequence number, so
-- that newer ones come last and those of one run stand together.
CREATE VIRTUAL TABLE search_proposal USING fts5(title, content, source, talk, plan, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_run USING fts5(name, query, result, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_event USING fts5(body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
-- Segments are merged in steps of a bounded size by whoever adds rows.
INSERT INTO search_event(search_event, rank) VALUES ('automerge', 0);

-- How far each proposal and each run is in there: `stamp` is its version and time of change, `seq` its last event, `outputs` how many
-- events of raw output.
CREATE TABLE search_proposal_mark (
  proposal_id TEXT PRIMARY KEY REFERENCES proposal(id) ON DELETE CASCADE,
  stamp TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE search_run_mark (
  run_id TEXT PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  stamp TEXT NOT NULL,
  seq INTEGER NOT NULL,
  outputs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Which edition of the program's choice of words it was filled with; another one is filled anew.
CREATE TABLE search_edition (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  edition INTEGER NOT NULL
) STRICT;
