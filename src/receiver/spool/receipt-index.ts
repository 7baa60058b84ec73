/**
 * Which payload was received where: exact over what the spool holds, and made from it. It may be behind after a power
 * cut, never ahead: what it knows of a file is committed with how much of the file that is.
 */
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Place } from './spool-line.ts';

/** How much of a day's file is in the index. */
export interface IndexedFile {
  readonly bytes: number;
  readonly lines: number;
}

/** What is added of one file. */
export interface IndexAddition {
  readonly sender: string;
  readonly day: string;
  readonly receipts: readonly { readonly sha256: string; readonly line: number }[];
  /** What the file is with them. */
  readonly bytes: number;
  readonly lines: number;
}

const VERSION = 2;
const SCHEMA = `
  create table files (
    id integer primary key,
    sender text not null,
    day text not null,
    bytes integer not null,
    lines integer not null,
    unique (sender, day)
  ) strict;
  create table receipts (
    sender text not null,
    sha256 blob not null,
    file integer not null,
    line integer not null,
    primary key (sender, sha256)
  ) strict, without rowid;
  create index receipts_by_file on receipts (file);
  create table made_as (identity text not null) strict;
  pragma user_version = ${VERSION};`;

export class ReceiptIndex {
  readonly #db: Database.Database;
  readonly #find: Database.Statement;
  readonly #readFile: Database.Statement;
  readonly #saveFile: Database.Statement;
  readonly #insert: Database.Statement;

  /**
   * Opens the file, or makes it anew: throws where it is damaged, of another version or a copy, and then it may be
   * deleted. A copy that was taken while entries came in may hold pages of different moments, and nothing tells.
   */
  constructor(file: string, nativeBinding?: string) {
    this.#db = new Database(file, nativeBinding === undefined ? {} : { nativeBinding });
    this.#db.pragma('journal_mode = wal');
    // Behind after a power cut, and then caught up from the spool: no sync of its own for each group.
    this.#db.pragma('synchronous = normal');
    this.#db.pragma('cache_size = -65536');
    const version = this.#db.pragma('user_version', { simple: true });
    const identity = identify(file);
    if (version === 0) {
      this.#db.exec(SCHEMA);
      this.#db.prepare('insert into made_as values (?)').run(identity);
    } else if (
      version !== VERSION ||
      this.#db.prepare('select identity from made_as').pluck().get() !== identity
    ) {
      this.#db.close();
      throw new Error('the index is of another version, or a copy');
    }
    this.#find = this.#db.prepare(
      'select day, line from receipts join files on id = file where receipts.sender = ? and sha256 = ?',
    );
    this.#readFile = this.#db.prepare('select bytes, lines from files where sender = ? and day = ?');
    this.#saveFile = this.#db.prepare(
      `insert into files (sender, day, bytes, lines) values (@sender, @day, @bytes, @lines)
       on conflict do update set bytes = excluded.bytes, lines = excluded.lines returning id`,
    );
    // The first receipt stands.
    this.#insert = this.#db.prepare(
      'insert into receipts (sender, sha256, file, line) values (?, ?, ?, ?) on conflict do nothing',
    );
  }

  find(sender: string, sha256: string): Place | undefined {
    const found = this.#find.get(sender, Buffer.from(sha256, 'hex')) as
      | { day: string; line: number }
      | undefined;
    return found && { sender, ...found };
  }

  readFile(sender: string, day: string): IndexedFile {
    return (this.#readFile.get(sender, day) as IndexedFile | undefined) ?? { bytes: 0, lines: 0 };
  }

  /** Adds all or nothing. */
  add(additions: readonly IndexAddition[]): void {
    this.#db.transaction(() => {
      for (const { receipts, ...file } of additions) {
        const { id } = this.#saveFile.get(file) as { id: number };
        for (const { sha256, line } of receipts)
          this.#insert.run(file.sender, Buffer.from(sha256, 'hex'), id, line);
      }
    })();
  }

  listFiles(): { readonly sender: string; readonly day: string }[] {
    return this.#db.prepare('select sender, day from files').all() as { sender: string; day: string }[];
  }

  /** Forgets a day's file. */
  removeFile(sender: string, day: string): void {
    this.#db.transaction(() => {
      this.#db
        .prepare('delete from receipts where file = (select id from files where sender = ? and day = ?)')
        .run(sender, day);
      this.#db.prepare('delete from files where sender = ? and day = ?').run(sender, day);
    })();
  }

  close(): void {
    this.#db.close();
  }
}

/** The same for a file as long as it stays where it was made: a copy is another one, also of the same name. */
function identify(file: string): string {
  const { ino, birthtimeNs } = statSync(file, { bigint: true });
  return `${ino} ${birthtimeNs}`;
}
