/**
 * Numbered migrations, never changed once released: `user_version` is the number of the last one applied.
 *
 * Entries lie in segments: a batch's columns, each compressed on its own, with the time range beside them. A table
 * with a row and indexes per entry took three times as long to fill and twice the room.
 */
export const migrations: readonly string[] = [
  `
  -- What was opened, as an absolute path.
  CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE
  ) STRICT;

  -- A file is known by its content. 'reading' is left by an import that was cut off: such a file is read again.
  -- 'replaced': the same path was later found with other content; its entries are kept and not counted.
  CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'current', 'replaced', 'absent')),
    bytes INTEGER NOT NULL DEFAULT 0,
    sha256 TEXT NOT NULL DEFAULT '',
    content_bytes INTEGER NOT NULL DEFAULT 0,
    content_sha256 TEXT NOT NULL DEFAULT '',
    reading TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE INDEX file_by_content ON file (content_sha256);

  -- Text columns that repeat together; segments hold the id.
  CREATE TABLE tuple (
    id INTEGER PRIMARY KEY,
    node TEXT NOT NULL,
    model TEXT NOT NULL,
    action TEXT NOT NULL,
    user_id TEXT NOT NULL,
    user_login TEXT NOT NULL,
    UNIQUE (node, model, action, user_id, user_login)
  ) STRICT;

  -- res_id values that are no integer (a string, a list), as JSON text.
  CREATE TABLE res_text (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
  ) STRICT;

  -- Rows are in time order within a segment. Times are microseconds since the epoch.
  CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    first_line INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    offset_bytes INTEGER NOT NULL,
    length_bytes INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    min_ts REAL NOT NULL,
    max_ts REAL NOT NULL,
    ts BLOB NOT NULL,
    seq BLOB NOT NULL,
    tuple BLOB NOT NULL,
    res BLOB NOT NULL,
    line BLOB NOT NULL,
    offset BLOB NOT NULL,
    length BLOB NOT NULL,
    flags BLOB NOT NULL,
    malformed TEXT NOT NULL
  ) STRICT;
  CREATE INDEX segment_by_file ON segment (file, first_line);

  -- The whole content of every file, compressed in stretches; see base/block-codec for the codec byte.
  CREATE TABLE block (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    offset_bytes INTEGER NOT NULL,
    raw_bytes INTEGER NOT NULL,
    codec INTEGER NOT NULL,
    data BLOB NOT NULL
  ) STRICT;
  CREATE INDEX block_by_place ON block (file, offset_bytes, raw_bytes);

  -- The last report, as JSON.
  CREATE TABLE report (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    json TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Which 4-grams occur in a segment's blocks, for text search; made behind an import, so it may be missing.
  CREATE TABLE text_filter (
    segment INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
    bits BLOB NOT NULL
  ) STRICT;
  `,
  `
  -- A hash of what the report was made of; empty where it cannot stand for a later check.
  ALTER TABLE report ADD COLUMN basis TEXT NOT NULL DEFAULT '';
  `,
  `
  -- What the reviewer said of entries, by what makes an entry the one it is and not by its row: marks outlive a reading
  -- anew. No import deletes from these tables. Tags are a JSON list.
  CREATE TABLE mark (
    id INTEGER PRIMARY KEY,
    node TEXT NOT NULL,
    ts_micros REAL NOT NULL,
    seq REAL NOT NULL,
    sha256 TEXT NOT NULL,
    tags TEXT NOT NULL,
    note TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (node, ts_micros, seq, sha256)
  ) STRICT;

  -- What the reviewer said of findings, by their ids; "about" finds one again whose file was renamed.
  CREATE TABLE review (
    finding TEXT PRIMARY KEY,
    about TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    changed_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE saved_filter (
    name TEXT PRIMARY KEY,
    filter TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Numbers have got places of their own in a filter: all are made again.
  DELETE FROM text_filter;
  `,
  `
  -- How the reviewer composed the document last, as JSON: the case's name too.
  CREATE TABLE document (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    choice TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- How a check was made is told by codes, in the reader's language; what was kept as English text stays that.
  UPDATE report SET json = json_set(json, '$.made.method', json((
    SELECT json_group_array(json_object('code', 'as-told', 'values', json_object(), 'text', value))
    FROM json_each(report.json, '$.made.method')
  )))
  WHERE json_valid(json) AND json_type(json, '$.made.method[0]') = 'text';
  `,
  `
  -- What reviewers noted about records, by their names in the log. No import deletes from this table.
  CREATE TABLE record_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model TEXT NOT NULL,
    res_id TEXT NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    written_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX record_note_by_record ON record_note (model, res_id);
  `,
  `
  -- One word for what people note, wherever they do: who masks it in the log of their own masks it everywhere.
  ALTER TABLE record_note RENAME COLUMN text TO note;
  `,
];
