/** The one writer: files, their segments and blocks. A transaction a batch; a file becomes current in its last one. */
import type { Batch, Tuple } from '../batch.ts';
import type { Database } from './database.ts';
import { packColumn } from './pack-column.ts';

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

export class FileWriter {
  readonly #db: Database;
  readonly #tuples = new Map<string, number>();
  readonly #resTexts = new Map<string, number>();

  constructor(db: Database) {
    this.#db = db;
    for (const row of db
      .prepare('SELECT id, node, model, action, user_id, user_login FROM tuple')
      .raw()
      .iterate()) {
      const [id, ...parts] = row as [number, ...string[]];
      this.#tuples.set(JSON.stringify(parts), id);
    }
    for (const row of db.prepare('SELECT id, text FROM res_text').raw().iterate()) {
      const [id, text] = row as [number, string];
      this.#resTexts.set(text, id);
    }
  }

  /** Removes what an import that was cut off left behind. */
  removeUnfinished(): void {
    this.#db.prepare("DELETE FROM file WHERE state = 'reading'").run();
  }

  addSource(path: string): number {
    const db = this.#db;
    db.prepare('INSERT INTO source (path) VALUES (?) ON CONFLICT DO NOTHING').run(path);
    return db.prepare('SELECT id FROM source WHERE path = ?').pluck().get(path) as number;
  }

  /** Begins a file; its batches follow, then `finishFile`. Returns its id. */
  beginFile(source: number, path: string): number {
    const { lastInsertRowid } = this.#db
      .prepare("INSERT INTO file (source, path, state) VALUES (?, ?, 'reading')")
      .run(source, path);
    return Number(lastInsertRowid);
  }

  addBatch(file: number, batch: Batch): void {
    this.#db.transaction(() => this.#addBatch(file, batch)).immediate();
  }

  /** Makes the file current, and in the same transaction removes the shorter files that it continues. */
  finishFile(record: FileRecord, continues: readonly number[]): void {
    const db = this.#db;
    db.transaction(() => {
      db.prepare(
        `UPDATE file SET state = @state, bytes = @bytes, sha256 = @sha256, content_bytes = @contentBytes,
           content_sha256 = @contentSha256, reading = @reading WHERE id = @id`,
      ).run({ ...record });
      for (const id of continues) db.prepare('DELETE FROM file WHERE id = ?').run(id);
    }).immediate();
  }

  /** The same content at another place (a rotation), or no longer what its path holds. */
  updateFile(
    id: number,
    change: { readonly source: number; readonly path: string; readonly state: FileRecord['state'] },
  ): void {
    this.#db
      .prepare('UPDATE file SET source = @source, path = @path, state = @state WHERE id = @id')
      .run({ id, ...change });
  }

  saveReport(json: string): void {
    this.#db
      .prepare(
        'INSERT INTO report (id, json) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json',
      )
      .run(json);
  }

  #addBatch(file: number, batch: Batch): void {
    const db = this.#db;
    const ids = Float64Array.from(batch.tuples, (tuple) => this.#tupleId(tuple));
    const resTexts = Float64Array.from(batch.resTexts, (text) => this.#resTextId(text));
    const order = orderByTime(batch.tsMicros);
    const pick = <T extends Float64Array | Uint32Array | Uint8Array>(column: T): T =>
      order === undefined ? column : (column.map((_, row) => column[order[row]!]!) as T);
    const ts = pick(batch.tsMicros);
    // Where one row's bytes end the next usually begins, one terminator later: the distance packs to nothing.
    const distance = new Float64Array(batch.count);
    const offset = pick(batch.offset);
    const length = pick(batch.length);
    for (let row = 0, end = 0; row < batch.count; row++) {
      distance[row] = offset[row]! - end;
      end = offset[row]! + length[row]!;
    }
    db.prepare(
      `INSERT INTO segment (file, first_line, lines, offset_bytes, length_bytes, rows, min_ts, max_ts,
         ts, seq, tuple, res, line, offset, length, flags, malformed)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      file,
      batch.firstLine,
      batch.lines,
      batch.offsetBytes,
      batch.lengthBytes,
      batch.count,
      batch.count > 0 ? ts[0]! : 0,
      batch.count > 0 ? ts[batch.count - 1]! : 0,
      packColumn(ts),
      packColumn(pick(batch.seq)),
      packColumn(pick(Uint32Array.from(batch.code, (code) => ids[code]!))),
      packColumn(pick(Float64Array.from(batch.resId, (id) => (id <= -2 ? -1 - resTexts[-2 - id]! : id)))),
      packColumn(pick(batch.line)),
      packColumn(distance),
      packColumn(length),
      packColumn(pick(batch.flags)),
      JSON.stringify(batch.malformed),
    );
    const insert = db.prepare(
      'INSERT INTO block (file, offset_bytes, raw_bytes, codec, data) VALUES (?, ?, ?, ?, ?)',
    );
    let at = batch.offsetBytes;
    for (const block of batch.blocks) {
      insert.run(file, at, block.rawBytes, block.codec, block.data);
      at += block.rawBytes;
    }
  }

  #tupleId(tuple: Tuple): number {
    const parts = [tuple.node, tuple.model, tuple.action, tuple.userId, tuple.userLogin];
    const key = JSON.stringify(parts);
    let id = this.#tuples.get(key);
    if (id === undefined) {
      const { lastInsertRowid } = this.#db
        .prepare('INSERT INTO tuple (node, model, action, user_id, user_login) VALUES (?, ?, ?, ?, ?)')
        .run(...parts);
      id = Number(lastInsertRowid);
      this.#tuples.set(key, id);
    }
    return id;
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

/** Row order by time, the file's order among equals; undefined where rows are in order already. */
function orderByTime(ts: Float64Array): Uint32Array | undefined {
  let inOrder = true;
  for (let row = 1; inOrder && row < ts.length; row++) inOrder = ts[row]! >= ts[row - 1]!;
  if (inOrder) return undefined;
  const order = Uint32Array.from({ length: ts.length }, (_, row) => row);
  return order.sort((a, b) => ts[a]! - ts[b]! || a - b);
}
