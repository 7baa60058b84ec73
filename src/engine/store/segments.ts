/** Segments as columns in memory: decoded when asked for, the most recently used ones kept within a budget. */
import { freeContent } from '../base/block-codec.ts';
import type { Malformed, Tuple } from '../batch.ts';
import type { Database, Statement } from './database.ts';
import { unpackColumn } from './pack-column.ts';

const CACHE_BYTES = 160 * 1024 * 1024;

/** One segment without its columns. */
export interface SegmentHead {
  readonly id: number;
  readonly file: number;
  readonly firstLine: number;
  readonly lines: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly rows: number;
  readonly minTs: number;
  readonly maxTs: number;
}

export type ColumnName = keyof Columns;

interface Columns {
  readonly ts: Float64Array;
  readonly seq: Float64Array;
  readonly tuple: Uint32Array | Uint16Array;
  readonly res: Float64Array | Int32Array;
  readonly line: Uint32Array;
  readonly offset: Uint32Array;
  readonly length: Uint32Array;
  readonly flags: Uint8Array;
}

/** How many rows of a segment each tuple has. */
export interface TupleCounts {
  readonly ids: Uint32Array;
  readonly counts: Uint32Array;
}

export class Segments {
  readonly #db: Database;
  readonly #countChanges: Statement;
  /** Asked for with each row: prepared once. */
  readonly #laterTuples: Statement;
  #changes = -1;
  #heads: readonly SegmentHead[] = [];
  readonly #tupleCounts = new Map<number, TupleCounts>();
  readonly #cache = new Map<string, Columns[ColumnName]>();
  #cached = 0;
  #scratch = new Float64Array(0);
  #tuples: (Tuple | undefined)[] = [];
  #resTexts: (string | undefined)[] = [];
  #showsUnfinished = false;
  #isHeld = false;

  constructor(db: Database) {
    this.#db = db;
    this.#countChanges = db.prepare('SELECT total_changes()').pluck();
    this.#laterTuples = db.prepare(
      'SELECT id, node, model, action, user_id AS userId, user_login AS userLogin FROM tuple WHERE id > ? ORDER BY id',
    );
  }

  /** Drops all that is known: after an import that failed, ids may be given anew. */
  forget(): void {
    this.#changes = -1;
    this.#heads = [];
    this.#tupleCounts.clear();
    this.#cache.clear();
    this.#cached = 0;
    this.#tuples = [];
    this.#resTexts = [];
  }

  get showsUnfinished(): boolean {
    return this.#showsUnfinished;
  }

  /** Lists from now on what is there now, files that are still being read too, whatever comes. */
  showUnfinished(): void {
    this.hideUnfinished();
    this.#showsUnfinished = true;
    this.list();
    this.#isHeld = true;
  }

  hideUnfinished(): void {
    this.#showsUnfinished = false;
    this.#isHeld = false;
    this.#changes = -1;
  }

  /** Segments of current files in the order of their first entry; the same array until they change. */
  list(): readonly SegmentHead[] {
    if (this.#isHeld) return this.#heads;
    const changes = this.#countChanges.get() as number;
    if (changes !== this.#changes) {
      const heads = this.#readHeads();
      // An id may have been given anew.
      const kept = new Set(heads.map((head) => JSON.stringify(head)));
      const gone = this.#heads.filter((head) => !kept.has(JSON.stringify(head)));
      for (const head of gone) this.#forgetHead(head);
      // The same array stands for the same segments.
      if (gone.length > 0 || heads.length !== this.#heads.length) this.#heads = heads;
      this.#changes = changes;
    }
    return this.#heads;
  }

  #readHeads(): SegmentHead[] {
    // What goes on with a file that is there already comes into its place when all of it is read.
    const isUnfinished = `file.state = 'reading' AND NOT EXISTS (SELECT 1 FROM file AS begun
      WHERE begun.source = file.source AND begun.path = file.path AND begun.state = 'current')`;
    return this.#db
      .prepare(
        `SELECT segment.id, file, first_line AS firstLine, lines, offset_bytes AS offsetBytes,
           length_bytes AS lengthBytes, rows, min_ts AS minTs, max_ts AS maxTs
         FROM segment JOIN file ON file.id = segment.file
         WHERE file.state = 'current' ${this.#showsUnfinished ? `OR (${isUnfinished})` : ''} ORDER BY min_ts, file, first_line`,
      )
      .all() as SegmentHead[];
  }

  #forgetHead({ id }: SegmentHead): void {
    this.#tupleCounts.delete(id);
    for (const [key, column] of this.#cache) {
      if (!key.startsWith(`${id} `)) continue;
      this.#cache.delete(key);
      this.#cached -= column.byteLength;
    }
  }

  /** A column of a segment, in row order (by time). `offset` is the place in the content, from the segment's start. */
  column<N extends ColumnName>(segment: SegmentHead, name: N): Columns[N] {
    const key = `${segment.id} ${name}`;
    const cached = this.#cache.get(key);
    if (cached) {
      this.#cache.delete(key);
      this.#cache.set(key, cached);
      return cached as Columns[N];
    }
    const column = this.readColumn(segment, name);
    this.#keep(key, column);
    return column;
  }

  /** The same, and the caller's own: for whoever goes through all of them once. */
  readColumn<N extends ColumnName>(segment: SegmentHead, name: N): Columns[N] {
    const packed = this.#db
      .prepare(`SELECT ${name} FROM segment WHERE id = ?`)
      .pluck()
      .get(segment.id) as Buffer;
    const column = this.#unpack(segment, name, packed);
    freeContent(packed);
    return column as Columns[N];
  }

  /** As narrow as its numbers allow: at ten million rows that decides whether a column stays in memory. */
  #unpack(segment: SegmentHead, name: ColumnName, packed: Buffer): Columns[ColumnName] {
    const { rows } = segment;
    switch (name) {
      case 'ts':
      case 'seq':
        return unpackColumn(packed, new Float64Array(rows));
      case 'res': {
        const wide = unpackColumn(packed, this.#takeScratch(rows));
        return wide.every((id) => id === id >> 0) ? new Int32Array(wide) : wide.slice();
      }
      case 'tuple': {
        const isNarrow = this.tuples().length <= 0xffff;
        return unpackColumn(packed, isNarrow ? new Uint16Array(rows) : new Uint32Array(rows));
      }
      case 'line':
      case 'length':
        return unpackColumn(packed, new Uint32Array(rows));
      case 'offset':
        return addLengths(this.column(segment, 'length'), unpackColumn(packed, this.#takeScratch(rows)));
      case 'flags':
        return unpackColumn(packed, new Uint8Array(rows));
    }
  }

  /** Room for what is made narrower next: garbage of that size would pile up before it is collected. */
  #takeScratch(rows: number): Float64Array {
    if (this.#scratch.length < rows) this.#scratch = new Float64Array(rows);
    return this.#scratch.subarray(0, rows);
  }

  /** Counted at the first question, and then at hand: most filters need no more to be counted. */
  tupleCounts(segment: SegmentHead): TupleCounts {
    let found = this.#tupleCounts.get(segment.id);
    if (!found) {
      found = countValues(this.column(segment, 'tuple'), this.tuples().length);
      this.#tupleCounts.set(segment.id, found);
    }
    return found;
  }

  malformed(segment: SegmentHead): Malformed[] {
    const json = this.#db.prepare('SELECT malformed FROM segment WHERE id = ?').pluck().get(segment.id);
    return JSON.parse(json as string) as Malformed[];
  }

  /** The tuples by id; ids that were never given are undefined. */
  tuples(): readonly (Tuple | undefined)[] {
    const known = this.#tuples.length - 1;
    const rows = this.#laterTuples.all(known) as (Tuple & { readonly id: number })[];
    for (const { id, ...tuple } of rows) this.#tuples[id] = tuple;
    return this.#tuples;
  }

  /** The values that may stand for a res_id: an integer, or a text given with its quotes or without. */
  findResIds(text: string): number[] {
    const ids = /^(?:0|[1-9]\d{0,15})$/.test(text) ? [Number(text)] : text === '' ? [-1] : [];
    const find = this.#db.prepare('SELECT id FROM res_text WHERE text IN (?, ?)').pluck();
    const unquoted = /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : text;
    return [...ids, ...find.all(text, unquoted).map((id) => -1 - (id as number))];
  }

  /** The res_id of a row as JSON text; empty where it has none. */
  formatResId(value: number): string {
    if (value >= 0) return String(value);
    if (value === -1) return '';
    const id = -1 - value;
    this.#resTexts[id] ??= this.#db
      .prepare('SELECT text FROM res_text WHERE id = ?')
      .pluck()
      .get(id) as string;
    return this.#resTexts[id];
  }

  #keep(key: string, column: Columns[ColumnName]): void {
    this.#cache.set(key, column);
    this.#cached += column.byteLength;
    for (const [oldest, dropped] of this.#cache) {
      if (this.#cached <= CACHE_BYTES || oldest === key) break;
      this.#cache.delete(oldest);
      this.#cached -= dropped.byteLength;
    }
  }
}

function countValues(column: Columns['tuple'], values: number): TupleCounts {
  const counts = new Uint32Array(values);
  let distinct = 0;
  for (let row = 0; row < column.length; row++) if (counts[column[row]!]!++ === 0) distinct++;
  const found = { ids: new Uint32Array(distinct), counts: new Uint32Array(distinct) };
  for (let id = 0, at = 0; id < values; id++) {
    if (counts[id] === 0) continue;
    found.ids[at] = id;
    found.counts[at++] = counts[id]!;
  }
  return found;
}

/** Offsets from the distances between one row's end and the next one's beginning. */
function addLengths(length: Uint32Array, distance: Float64Array): Uint32Array {
  const offset = new Uint32Array(distance.length);
  for (let row = 0, end = 0; row < distance.length; row++) {
    offset[row] = end + distance[row]!;
    end = offset[row]! + length[row]!;
  }
  return offset;
}
