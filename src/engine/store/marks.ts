/**
 * What reviewers said: tags and notes on entries, notes on records, states of findings, filters under a name; how a document
 * was composed.
 *
 * A mark belongs to what makes an entry the one it is (node, time, seq, hash of its line), not to where it is stored: it
 * is there again after a file was read anew, and in every copy of the log. No import deletes any of this.
 */
import { createHash } from 'node:crypto';
import { EntryFilter, type Mark } from '../../contract/entry.ts';
import type { Review, SavedFilter } from '../../contract/mark.ts';
import type { RecordName } from '../../contract/record.ts';
import type { ThreadNote } from '../../contract/thread.ts';
import type { Tuple } from '../batch.ts';
import type { Database } from './database.ts';
import { countBefore } from './match-rows.ts';
import type { SegmentHead, Segments } from './segments.ts';
import type { FileWriter } from './write-files.ts';

export type EntryKey = Omit<EntryIdentity, 'sha256'>;

export interface EntryIdentity {
  readonly node: string;
  readonly tsMicros: number;
  readonly seq: number;
  readonly sha256: string;
}

export interface StoredMark extends EntryIdentity {
  readonly mark: Mark;
}

/** A review with what its finding was about: a finding whose file was renamed has another id. */
export interface StoredReview extends Review {
  readonly about: string;
}

/**
 * What people write and open, for whoever records it: the model of each table, and the columns by which its records are
 * known to anybody who does not have the workspace.
 */
export const writtenTables = {
  mark: { model: 'unbroken.note', key: ['node', 'ts_micros', 'seq', 'sha256'] },
  record_note: { model: 'unbroken.note', key: ['model', 'res_id', 'id'] },
  review: { model: 'unbroken.review', key: ['finding'] },
  saved_filter: { model: 'unbroken.filter', key: ['name'] },
  source: { model: 'unbroken.source', key: ['path'] },
} as const;

export class Marks {
  readonly #db: Database;
  readonly #writer: Pick<FileWriter, 'writeNow'>;
  readonly #onChange: () => void;
  /** All marks by node, time and seq; undefined until they are asked for. */
  #byKey: Map<string, StoredMark[]> | undefined;

  /** `onChange`: what was found by marks may no longer hold. */
  constructor(db: Database, writer: Pick<FileWriter, 'writeNow'>, onChange: () => void) {
    this.#db = db;
    this.#writer = writer;
    this.#onChange = onChange;
  }

  /** Sets an entry's tags and note in place of those before; with neither, it has no mark. */
  set({ node, tsMicros, seq }: EntryKey, bytes: Uint8Array, tags: readonly string[], note: string): void {
    const sha256 = hashLine(bytes);
    const kept = [...new Set(tags)];
    if (kept.length === 0 && note === '') {
      this.#write('DELETE FROM mark WHERE node = ? AND ts_micros = ? AND seq = ? AND sha256 = ?', [
        ...[node, tsMicros, seq, sha256],
      ]);
    } else {
      this.#write(
        `INSERT INTO mark (node, ts_micros, seq, sha256, tags, note, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET tags = excluded.tags, note = excluded.note, changed_at = excluded.changed_at`,
        [node, tsMicros, seq, sha256, JSON.stringify(kept), note, new Date().toISOString()],
      );
    }
    this.#byKey = undefined;
    this.#onChange();
  }

  /** In the order of their entries' times. */
  list(): StoredMark[] {
    const rows = this.#db
      .prepare(
        `SELECT node, ts_micros AS tsMicros, seq, sha256, tags, note, changed_at AS changedAt FROM mark
         ORDER BY ts_micros, node, seq`,
      )
      .all() as (EntryIdentity & { tags: string; note: string; changedAt: string })[];
    return rows.map(({ tags, note, changedAt, ...identity }) => ({
      ...identity,
      mark: { tags: JSON.parse(tags) as string[], note, changedAt },
    }));
  }

  /** The mark of an entry; its line is read only where one may be its own. */
  find(key: EntryKey, readBytes: () => Uint8Array): Mark | undefined {
    const candidates = this.#index().get(keyOf(key));
    if (!candidates) return undefined;
    const sha256 = hashLine(readBytes());
    return candidates.find((stored) => stored.sha256 === sha256)?.mark;
  }

  /** Where the entries of marks are that `wanted` says yes to. */
  locate(
    segments: Segments,
    wanted: (mark: Mark) => boolean,
    bytesOf: (segment: SegmentHead, row: number) => Uint8Array,
  ): { readonly stored: StoredMark; readonly segment: SegmentHead; readonly row: number }[] {
    const marks = this.list().filter(({ mark }) => wanted(mark));
    const tuples = segments.tuples();
    return marks.flatMap((stored) =>
      segments.list().flatMap((segment) => {
        if (segment.rows === 0 || segment.minTs > stored.tsMicros || segment.maxTs < stored.tsMicros)
          return [];
        const rows = findRowsOf(segments, segment, tuples, stored);
        return rows
          .filter((row) => hashLine(bytesOf(segment, row)) === stored.sha256)
          .map((row) => ({ stored, segment, row }));
      }),
    );
  }

  setReview({ finding, state, note }: Omit<Review, 'changedAt'>, about: string): void {
    if (state === 'open' && note === '') {
      this.#write('DELETE FROM review WHERE finding = ?', [finding]);
      return;
    }
    this.#write(
      `INSERT INTO review (finding, about, state, note, changed_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET about = excluded.about, state = excluded.state, note = excluded.note,
         changed_at = excluded.changed_at`,
      [finding, about, state, note, new Date().toISOString()],
    );
  }

  listReviews(): StoredReview[] {
    return this.#db
      .prepare('SELECT finding, about, state, note, changed_at AS changedAt FROM review ORDER BY changed_at')
      .all() as StoredReview[];
  }

  addNote({ model, resId }: RecordName, text: string, author: string): void {
    this.#write('INSERT INTO record_note (model, res_id, note, author, written_at) VALUES (?, ?, ?, ?, ?)', [
      ...[model, resId, text, author, new Date().toISOString()],
    ]);
  }

  removeNote(id: number): void {
    this.#write('DELETE FROM record_note WHERE id = ?', [id]);
  }

  /** The latest first. */
  listNotes({ model, resId }: RecordName): Omit<ThreadNote, 'isOwn'>[] {
    return this.#db
      .prepare(
        `SELECT id, note AS text, author, written_at AS writtenAt FROM record_note
         WHERE model = ? AND res_id = ? ORDER BY id DESC`,
      )
      .all(model, resId) as Omit<ThreadNote, 'isOwn'>[];
  }

  saveFilter({ name, filter }: SavedFilter): void {
    this.#write(
      `INSERT INTO saved_filter (name, filter) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET filter = excluded.filter`,
      [name, JSON.stringify(filter)],
    );
  }

  removeFilter(name: string): void {
    this.#write('DELETE FROM saved_filter WHERE name = ?', [name]);
  }

  /** By name. One that another version saved with conditions unknown here is left out, and kept. */
  listFilters(): SavedFilter[] {
    const rows = this.#db.prepare('SELECT name, filter FROM saved_filter ORDER BY name').all();
    return (rows as { name: string; filter: string }[]).flatMap(({ name, filter }) => {
      const read = EntryFilter.safeParse(JSON.parse(filter));
      return read.success ? [{ name, filter: read.data }] : [];
    });
  }

  /** How a document was composed last, as JSON; undefined where none was. */
  readDocumentChoice(): string | undefined {
    return this.#db.prepare('SELECT choice FROM document WHERE id = 1').pluck().get() as string | undefined;
  }

  keepDocumentChoice(json: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO document (id, choice) VALUES (1, ?)').run(json);
  }

  /** Removes all that people wrote, before the workspace goes. */
  removeAll(): void {
    this.#writer.writeNow(() => {
      for (const table of ['mark', 'record_note', 'review', 'saved_filter'])
        this.#db.prepare(`DELETE FROM ${table}`).run();
    });
    this.#byKey = undefined;
    this.#onChange();
  }

  #write(sql: string, values: readonly (string | number)[]): void {
    this.#writer.writeNow(() => this.#db.prepare(sql).run(...values));
  }

  #index(): Map<string, StoredMark[]> {
    if (!this.#byKey) {
      this.#byKey = new Map();
      for (const stored of this.list()) {
        const key = keyOf(stored);
        this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), stored]);
      }
    }
    return this.#byKey;
  }
}

function hashLine(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function keyOf({ node, tsMicros, seq }: EntryKey): string {
  return JSON.stringify([node, tsMicros, seq]);
}

function findRowsOf(
  segments: Segments,
  segment: SegmentHead,
  tuples: readonly (Tuple | undefined)[],
  { node, tsMicros, seq }: EntryIdentity,
): number[] {
  const ts = segments.column(segment, 'ts');
  const seqs = segments.column(segment, 'seq');
  const tuple = segments.column(segment, 'tuple');
  const rows: number[] = [];
  for (let row = countBefore(ts, tsMicros); row < ts.length && ts[row] === tsMicros; row++) {
    if (seqs[row] === seq && tuples[tuple[row]!]?.node === node) rows.push(row);
  }
  return rows;
}
