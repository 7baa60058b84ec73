/** Segments as columns in memory: decoded when asked for, the most recently used ones kept within a budget. */
import type { Malformed, Tuple } from '../batch.ts';
import type { Database } from './database.ts';
import { unpackColumn } from './pack-column.ts';

const CACHE_BYTES = 128 * 1024 * 1024;

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

export type ColumnName = 'ts' | 'seq' | 'tuple' | 'res' | 'line' | 'offset' | 'length' | 'flags';

const makers = {
  ts: (rows: number) => new Float64Array(rows),
  seq: (rows: number) => new Float64Array(rows),
  tuple: (rows: number) => new Uint32Array(rows),
  res: (rows: number) => new Float64Array(rows),
  line: (rows: number) => new Uint32Array(rows),
  offset: (rows: number) => new Float64Array(rows),
  length: (rows: number) => new Uint32Array(rows),
  flags: (rows: number) => new Uint8Array(rows),
} as const;

type Column<N extends ColumnName> = ReturnType<(typeof makers)[N]>;

export class Segments {
  readonly #db: Database;
  readonly #cache = new Map<string, Float64Array | Uint32Array | Uint8Array>();
  #cached = 0;
  #tuples: (Tuple | undefined)[] = [];
  #resTexts: (string | undefined)[] = [];

  constructor(db: Database) {
    this.#db = db;
  }

  /** Segments of current files in the order of their first entry. */
  list(file?: number): SegmentHead[] {
    return this.#db
      .prepare(
        `SELECT segment.id, file, first_line AS firstLine, lines, offset_bytes AS offsetBytes,
           length_bytes AS lengthBytes, rows, min_ts AS minTs, max_ts AS maxTs
         FROM segment JOIN file ON file.id = segment.file
         WHERE file.state = 'current' AND (@file IS NULL OR file = @file)
         ORDER BY min_ts, file, first_line`,
      )
      .all({ file: file ?? null }) as SegmentHead[];
  }

  /** A column of a segment, in row order (by time). `offset` is the place in the content, from the segment's start. */
  column<N extends ColumnName>(segment: SegmentHead, name: N): Column<N> {
    const key = `${segment.id} ${name}`;
    const cached = this.#cache.get(key);
    if (cached) {
      this.#cache.delete(key);
      this.#cache.set(key, cached);
      return cached as Column<N>;
    }
    const packed = this.#db
      .prepare(`SELECT ${name} FROM segment WHERE id = ?`)
      .pluck()
      .get(segment.id) as Buffer;
    const column = unpackColumn(
      packed,
      makers[name](segment.rows) as Float64Array | Uint32Array | Uint8Array,
    );
    if (name === 'offset') this.#addDistances(segment, column as Float64Array);
    this.#keep(key, column);
    return column as Column<N>;
  }

  malformed(segment: SegmentHead): Malformed[] {
    const json = this.#db.prepare('SELECT malformed FROM segment WHERE id = ?').pluck().get(segment.id);
    return JSON.parse(json as string) as Malformed[];
  }

  /** The tuples by id; ids that were never given are undefined. */
  tuples(): readonly (Tuple | undefined)[] {
    const known = this.#tuples.length - 1;
    const rows = this.#db
      .prepare(
        'SELECT id, node, model, action, user_id AS userId, user_login AS userLogin FROM tuple WHERE id > ? ORDER BY id',
      )
      .all(known) as (Tuple & { readonly id: number })[];
    for (const { id, ...tuple } of rows) this.#tuples[id] = tuple;
    return this.#tuples;
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

  #addDistances(segment: SegmentHead, column: Float64Array): void {
    const length = this.column(segment, 'length');
    for (let row = 0, end = 0; row < column.length; row++) {
      column[row]! += end;
      end = column[row]! + length[row]!;
    }
  }

  #keep(key: string, column: Float64Array | Uint32Array | Uint8Array): void {
    this.#cache.set(key, column);
    this.#cached += column.byteLength;
    for (const [oldest, dropped] of this.#cache) {
      if (this.#cached <= CACHE_BYTES || oldest === key) break;
      this.#cache.delete(oldest);
      this.#cached -= dropped.byteLength;
    }
  }
}
