/** The one writer: files, their segments and blocks. What is added becomes durable with `commit`, or soon by itself. */
import type { Tuple } from '../batch.ts';
import { type Database, type Statement, writeAhead } from './database.ts';
import type { PackedBatch } from './pack-batch.ts';
import { packColumn } from './pack-column.ts';
import type { SegmentHead } from './segments.ts';

/** Blocks of one transaction: more are not quicker, and they fill the memory until it ends. */
const TRANSACTION_BYTES = 4 * 1024 * 1024;

/** For so long others may have to wait. */
const TRANSACTION_MS = 500;

/** What is known of a file once it was read to its end. */
export interface FileRecord {
  readonly id: number;
  readonly source: number;
  readonly path: string;
  readonly state: 'current' | 'replaced' | 'absent';
  readonly bytes: number;
  readonly sha256: string;
  readonly contentBytes: number;
  readonly contentSha256: string;
  /** Whatever else the reading told, as JSON: encoding, compression, an error. */
  readonly reading: string;
}

type SegmentPlace = Pick<SegmentHead, 'id' | 'file' | 'offsetBytes' | 'lengthBytes'>;

/** Whoever records what is written, once it is committed; they do not throw. */
export interface WatchedWrites {
  prepare(): void;
  commit(commit: () => void): void;
}

export class FileWriter {
  readonly #db: Database;
  readonly #watched: WatchedWrites | undefined;
  #tuples: TupleIds;
  #resTexts: Map<string, number>;
  #uncommittedBytes = 0;
  #begunMs = 0;
  readonly #insertSegment: Statement;
  readonly #insertBlock: Statement;

  constructor(db: Database, watched?: WatchedWrites) {
    this.#db = db;
    this.#watched = watched;
    this.#tuples = new TupleIds(db);
    this.#resTexts = readResTexts(db);
    this.#insertSegment = db.prepare(
      `INSERT INTO segment (file, first_line, lines, offset_bytes, length_bytes, rows, min_ts, max_ts,
         ts, seq, tuple, res, line, offset, length, flags, malformed)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertBlock = db.prepare(
      'INSERT INTO block (file, offset_bytes, raw_bytes, codec, data) VALUES (?, ?, ?, ?, ?)',
    );
  }

  /** Makes what was added durable. */
  commit(): void {
    this.#uncommittedBytes = 0;
    if (!this.#db.inTransaction) return;
    const commit = (): void => void this.#db.exec('COMMIT');
    if (this.#watched) this.#watched.commit(commit);
    else commit();
  }

  /** What a person writes: durable at once, whatever is being imported. */
  writeNow(write: () => void): void {
    this.commit();
    this.#begin();
    try {
      write();
      this.commit();
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Commits what has waited for long, while little is read in much time. */
  commitOld(): void {
    if (this.#db.inTransaction && performance.now() - this.#begunMs > TRANSACTION_MS) this.commit();
  }

  /** The end of an import: from here on others may read while something is written. */
  finish(): void {
    this.commit();
    try {
      writeAhead(this.#db);
    } catch {
      // Somebody reads it already: the next opening does this.
    }
  }

  /**
   * The end of an import that failed: keeps what there is, with files that are still being read, unless SQLite has undone
   * it; and knows afterwards what ids there are.
   */
  recover(): void {
    try {
      this.commit();
    } catch {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
    }
    this.#tuples = new TupleIds(this.#db);
    this.#resTexts = readResTexts(this.#db);
  }

  /** Removes what an import that was cut off left behind. */
  removeUnfinished(): void {
    this.#begin();
    this.#db.prepare("DELETE FROM file WHERE state = 'reading'").run();
  }

  addSource(path: string): number {
    const db = this.#db;
    this.#begin();
    db.prepare('INSERT INTO source (path) VALUES (?) ON CONFLICT DO NOTHING').run(path);
    return db.prepare('SELECT id FROM source WHERE path = ?').pluck().get(path) as number;
  }

  /** Begins a file; its batches follow, then `finishFile`. Returns its id. */
  beginFile(source: number, path: string): number {
    this.#begin();
    const { lastInsertRowid } = this.#db
      .prepare("INSERT INTO file (source, path, state) VALUES (?, ?, 'reading')")
      .run(source, path);
    return Number(lastInsertRowid);
  }

  addBatch(file: number, batch: PackedBatch): void {
    this.#begin();
    this.#addBatch(file, batch);
    for (const { data } of batch.blocks) this.#uncommittedBytes += data.length;
    if (this.#uncommittedBytes >= TRANSACTION_BYTES) this.commit();
  }

  /** Makes the file current. */
  finishFile(record: FileRecord): void {
    this.#update(record);
  }

  /**
   * Adds what was read of a file from `fromBytes` on, under the id `rest`, to the file that it continues, in whose place
   * and with whose id it goes on; what that had from there on (a line that was not at its end) is gone.
   */
  extendFile(record: FileRecord, rest: number, fromBytes: number): void {
    const db = this.#db;
    this.#begin();
    // All of it or, should it fail, nothing.
    db.transaction(() => {
      for (const table of ['segment', 'block']) {
        db.prepare(`DELETE FROM ${table} WHERE file = ? AND offset_bytes >= ?`).run(record.id, fromBytes);
        db.prepare(`UPDATE ${table} SET file = ? WHERE file = ?`).run(record.id, rest);
      }
      this.removeFile(rest);
      this.#update(record);
    })();
  }

  removeFile(id: number): void {
    this.#begin();
    this.#db.prepare('DELETE FROM file WHERE id = ?').run(id);
  }

  #begin(): void {
    if (this.#db.inTransaction) return;
    this.#watched?.prepare();
    this.#db.exec('BEGIN IMMEDIATE');
    this.#begunMs = performance.now();
  }

  #update(record: FileRecord): void {
    this.#begin();
    this.#db
      .prepare(
        `UPDATE file SET source = @source, path = @path, state = @state, bytes = @bytes, sha256 = @sha256,
           content_bytes = @contentBytes, content_sha256 = @contentSha256, reading = @reading WHERE id = @id`,
      )
      .run({ ...record });
  }

  /** The same content at another place (a rotation), or no longer what its path holds. */
  updateFile(
    id: number,
    change: { readonly source: number; readonly path: string; readonly state: FileRecord['state'] },
  ): void {
    this.#begin();
    this.#db
      .prepare('UPDATE file SET source = @source, path = @path, state = @state WHERE id = @id')
      .run({ id, ...change });
  }

  /** A segment that is gone meanwhile, its id perhaps given anew, gets none. */
  saveFilter({ id, file, offsetBytes, lengthBytes }: SegmentPlace, bits: Uint8Array): void {
    this.#db
      .prepare(
        `INSERT OR REPLACE INTO text_filter (segment, bits) SELECT id, ? FROM segment
         WHERE id = ? AND file = ? AND offset_bytes = ? AND length_bytes = ?`,
      )
      .run(bits, id, file, offsetBytes, lengthBytes);
  }

  saveReport(json: string, basis: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO report (id, json, basis) VALUES (1, ?, ?)').run(json, basis);
  }

  #addBatch(file: number, batch: PackedBatch): void {
    this.#insertSegment.run(
      file,
      batch.firstLine,
      batch.lines,
      batch.offsetBytes,
      batch.lengthBytes,
      batch.count,
      batch.minTs,
      batch.maxTs,
      batch.ts,
      batch.seq,
      packColumn(this.#tupleColumn(batch)),
      packColumn(this.#resColumn(batch)),
      batch.line,
      batch.offset,
      batch.length,
      batch.flags,
      JSON.stringify(batch.malformed),
    );
    let at = batch.offsetBytes;
    for (const block of batch.blocks) {
      this.#insertBlock.run(file, at, block.rawBytes, block.codec, block.data);
      at += block.rawBytes;
    }
  }

  /** The batch's codes as ids of the workspace. */
  #tupleColumn({ count, code, tuples }: PackedBatch): Uint32Array {
    const ids = new Uint32Array(tuples.length);
    for (let i = 0; i < tuples.length; i++) ids[i] = this.#tuples.idOf(tuples[i]!);
    const column = new Uint32Array(count);
    for (let row = 0; row < count; row++) column[row] = ids[code[row]!]!;
    return column;
  }

  #resColumn({ count, resId, resTexts }: PackedBatch): Float64Array {
    if (resTexts.length === 0) return resId;
    const ids = resTexts.map((text) => this.#resTextId(text));
    const column = new Float64Array(count);
    for (let row = 0; row < count; row++) {
      const id = resId[row]!;
      column[row] = id <= -2 ? -1 - ids[-2 - id]! : id;
    }
    return column;
  }

  #resTextId(text: string): number {
    let id = this.#resTexts.get(text);
    if (id === undefined) {
      id = Number(this.#db.prepare('INSERT INTO res_text (text) VALUES (?)').run(text).lastInsertRowid);
      this.#resTexts.set(text, id);
    }
    return id;
  }
}

function readResTexts(db: Database): Map<string, number> {
  return new Map(db.prepare('SELECT text, id FROM res_text').raw().all() as [string, number][]);
}

/** Ids of tuples, by their parts one after the other: a joined key could not tell apart texts that hold the joint. */
class TupleIds {
  readonly #insert: Statement;
  readonly #byNode: TupleTree = new Map();
  /** Of the objects that were asked for: most batches have the same ones. */
  readonly #known = new WeakMap<Tuple, number>();

  constructor(db: Database) {
    this.#insert = db.prepare(
      'INSERT INTO tuple (node, model, action, user_id, user_login) VALUES (?, ?, ?, ?, ?)',
    );
    const rows = db.prepare(
      'SELECT id, node, model, action, user_id AS userId, user_login AS userLogin FROM tuple',
    );
    for (const row of rows.iterate() as Iterable<Tuple & { readonly id: number }>) {
      this.#leafOf(row).set(row.userLogin, row.id);
    }
  }

  idOf(tuple: Tuple): number {
    let id = this.#known.get(tuple);
    if (id === undefined) {
      id = this.#find(tuple);
      this.#known.set(tuple, id);
    }
    return id;
  }

  #find(tuple: Tuple): number {
    const leaf = this.#leafOf(tuple);
    let id = leaf.get(tuple.userLogin);
    if (id === undefined) {
      const { node, model, action, userId, userLogin } = tuple;
      id = Number(this.#insert.run(node, model, action, userId, userLogin).lastInsertRowid);
      leaf.set(userLogin, id);
    }
    return id;
  }

  #leafOf({ node, model, action, userId }: Tuple): Map<string, number> {
    return enter(enter(enter(enter(this.#byNode, node), model), action), userId);
  }
}

type TupleTree = Map<string, Map<string, Map<string, Map<string, Map<string, number>>>>>;

function enter<K, V>(map: Map<string, Map<K, V>>, key: string): Map<K, V> {
  let value = map.get(key);
  if (value === undefined) {
    value = new Map();
    map.set(key, value);
  }
  return value;
}
