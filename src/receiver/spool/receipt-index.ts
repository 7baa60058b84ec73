/**
 * Which payload was received where: exact over what the spool holds, and made from it. It may be behind after a crash,
 * never ahead: what it knows of a file is committed with how much of the file that is.
 *
 * Most of what comes was never here: a filter in memory tells that of nearly all of it without a look into the table.
 * What is added waits in memory and is written many at a time, in the order of the table: hashes are spread over all of
 * it, and written as they come each of them would cost a page. Many hashes go to SQLite as one blob, which it takes apart:
 * a statement for each costs several times what SQLite does for it.
 */
import Database from 'better-sqlite3';
import { identifyFile } from '../../engine/base/identify-file.ts';
import { HashFilter } from './hash-filter.ts';
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

type ReceiptKey = readonly [sender: string, sha256: Buffer];

interface WaitingFile {
  readonly sender: string;
  readonly day: string;
  file: IndexedFile;
  /** Line by hash. */
  readonly receipts: Map<string, number>;
}

/** So many wait in memory; a start reads as many again from the spool after a crash. */
const WAITING_RECEIPTS = 32_768;

/** Receipts that are looked at for whether their day is gone, with each writing. */
const SWEPT_RECEIPTS = 50_000;

const VERSION = 3;
const SCHEMA = `
  create table files (
    id integer primary key autoincrement,
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
  create table made_as (identity text not null) strict;
  pragma user_version = ${VERSION};`;

/** The filter has room for these at least, and for as many again as there were when it was made. */
const FILTER_ROOM = 500_000;
/** So many are read into it at once, and so often. */
const LEARNT_RECEIPTS = 2000;
const LEARN_MS = 5;

export class ReceiptIndex {
  readonly #db: Database.Database;
  readonly #find: Database.Statement;
  readonly #findDay: Database.Statement;
  readonly #findNext: Database.Statement;
  readonly #countLines: Database.Statement;
  readonly #readFile: Database.Statement;
  readonly #saveFile: Database.Statement;
  readonly #insert: Database.Statement;
  readonly #findSweepEnd: Database.Statement;
  readonly #sweep: Database.Statement;
  /** What is in no table yet, by sender and day. */
  readonly #waiting = new Map<string, WaitingFile>();
  #waitingReceipts = 0;
  #filter = new HashFilter(FILTER_ROOM);
  #inFilter = 0;
  /** What is behind this is in the table, and not yet in the filter; undefined where the filter has all. */
  #learntTo: ReceiptKey | undefined = FIRST_KEY;
  #learning: NodeJS.Timeout | undefined;
  /** What is behind this may be of a day that is gone; undefined where nothing is. */
  #sweptTo: ReceiptKey | undefined = FIRST_KEY;

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
    const identity = identifyFile(file);
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
    // Not joined with the day, which takes three times as long.
    this.#find = this.#db.prepare('select file, line from receipts where sender = ? and sha256 = ?').raw();
    this.#findDay = this.#db.prepare('select day from files where id = ?').pluck();
    this.#findNext = this.#db
      .prepare(
        `select sender, sha256 from receipts where (sender, sha256) > (?, ?)
         order by sender, sha256 limit ${LEARNT_RECEIPTS}`,
      )
      .raw();
    this.#countLines = this.#db.prepare('select coalesce(sum(lines), 0) from files').pluck();
    this.#readFile = this.#db.prepare('select bytes, lines from files where sender = ? and day = ?');
    this.#saveFile = this.#db.prepare(
      `insert into files (sender, day, bytes, lines) values (@sender, @day, @bytes, @lines)
       on conflict do update set bytes = excluded.bytes, lines = excluded.lines returning id`,
    );
    // The first receipt stands, unless its day is gone.
    this.#insert = this.#db.prepare(
      `insert into receipts (sender, sha256, file, line)
       select @sender, substr(@hashes, key * 32 + 1, 32), @file, value from json_each(@lines) where true
       on conflict do update set file = excluded.file, line = excluded.line where file not in (select id from files)`,
    );
    this.#findSweepEnd = this.#db
      .prepare(
        `select sender, sha256 from receipts where (sender, sha256) > (?, ?)
         order by sender, sha256 limit 1 offset ${SWEPT_RECEIPTS}`,
      )
      .raw();
    this.#sweep = this.#db.prepare(
      `delete from receipts where (sender, sha256) > (@from, @fromHash) and (sender, sha256) <= (@to, @toHash)
       and file not in (select id from files)`,
    );
    this.#beginFilter();
  }

  /** Finds many of a sender at once: each look by itself would take a lock. Undefined for each that was not received. */
  find(sender: string, hashes: readonly string[]): (Place | undefined)[] {
    const isWhole = this.#learntTo === undefined;
    if (isWhole && !hashes.some((hash) => this.#filter.mayHave(hash))) return hashes.map(() => undefined);
    const waiting = [...this.#waiting.values()].filter((one) => one.sender === sender);
    return this.#db.transaction(() =>
      hashes.map((hash) => {
        if (isWhole && !this.#filter.mayHave(hash)) return undefined;
        const found = this.#find.get(sender, Buffer.from(hash, 'hex')) as [number, number] | undefined;
        const day = found && (this.#findDay.get(found[0]) as string | undefined);
        // What is written was there first, unless its day is gone.
        if (found && day !== undefined) return { sender, day, line: found[1] };
        const one = waiting.find(({ receipts }) => receipts.has(hash));
        return one && { sender, day: one.day, line: one.receipts.get(hash) ?? 0 };
      }),
    )();
  }

  #beginFilter(): void {
    clearTimeout(this.#learning);
    this.#inFilter = (this.#countLines.get() as number) + this.#waitingReceipts;
    this.#filter = new HashFilter(FILTER_ROOM + 2 * this.#inFilter);
    for (const { receipts } of this.#waiting.values())
      for (const hash of receipts.keys()) this.#filter.add(hash);
    this.#learntTo = FIRST_KEY;
    this.#learnOn();
  }

  /** Reads what is in the table into the filter, a part at a time: until all is, each look goes to the table. */
  #learnOn(): void {
    if (!this.#learntTo) return;
    const keys = this.#findNext.all(...this.#learntTo) as ReceiptKey[];
    for (const [, hash] of keys) this.#filter.add(hash.toString('hex'));
    this.#learntTo = keys.at(-1);
    if (this.#learntTo) this.#learning = setTimeout(() => this.#learnOn(), LEARN_MS).unref();
  }

  readFile(sender: string, day: string): IndexedFile {
    return (
      this.#waiting.get(nameFile(sender, day))?.file ??
      (this.#readFile.get(sender, day) as IndexedFile | undefined) ?? { bytes: 0, lines: 0 }
    );
  }

  /** Adds; throws where they cannot be written now: then they are found all the same, and written later. */
  add(additions: readonly IndexAddition[]): void {
    for (const { sender, day, receipts, ...file } of additions) {
      const key = nameFile(sender, day);
      const waiting = this.#waiting.get(key) ?? { sender, day, file, receipts: new Map<string, number>() };
      waiting.file = file;
      this.#waiting.set(key, waiting);
      // The first receipt stands.
      for (const { sha256, line } of receipts) {
        if (!waiting.receipts.has(sha256)) waiting.receipts.set(sha256, line);
        this.#filter.add(sha256);
      }
      this.#waitingReceipts += receipts.length;
      this.#inFilter += receipts.length;
    }
    if (this.#inFilter > this.#filter.capacity) this.#beginFilter();
    if (this.#waitingReceipts >= WAITING_RECEIPTS) this.#write();
  }

  #write(): void {
    this.#db.transaction(() => {
      for (const { sender, day, file, receipts } of this.#waiting.values()) {
        const { id } = this.#saveFile.get({ sender, day, ...file }) as { id: number };
        const sorted = [...receipts.keys()].sort();
        const lines = JSON.stringify(sorted.map((sha256) => receipts.get(sha256)));
        this.#insert.run({ sender, file: id, hashes: packHashes(sorted), lines });
      }
      this.#sweepOn();
    })();
    this.#waiting.clear();
    this.#waitingReceipts = 0;
  }

  /** Removes receipts of days that are gone, a part at a time: all at once would keep senders waiting for seconds. */
  #sweepOn(): void {
    if (!this.#sweptTo) return;
    const [from, fromHash] = this.#sweptTo;
    const end = this.#findSweepEnd.get(from, fromHash) as ReceiptKey | undefined;
    const [to, toHash] = end ?? LAST_KEY;
    this.#sweep.run({ from, fromHash, to, toHash });
    this.#sweptTo = end;
  }

  listFiles(): { readonly sender: string; readonly day: string }[] {
    this.#write();
    return this.#db.prepare('select sender, day from files').all() as { sender: string; day: string }[];
  }

  /** Forgets a day's file. */
  removeFile(sender: string, day: string): void {
    this.#write();
    this.#db.prepare('delete from files where sender = ? and day = ?').run(sender, day);
    this.#sweptTo = FIRST_KEY;
  }

  /** Writes what waits, where it can: what it cannot is in the spool. */
  close(): void {
    clearTimeout(this.#learning);
    try {
      this.#write();
    } catch {
      // Read from the spool at the next start.
    }
    this.#db.close();
  }
}

/** Before and behind the name of any sender. */
const FIRST_KEY: ReceiptKey = ['', Buffer.alloc(0)];
const LAST_KEY: ReceiptKey = ['\uffff', Buffer.alloc(0)];

function nameFile(sender: string, day: string): string {
  return `${sender} ${day}`;
}

function packHashes(hashes: readonly string[]): Buffer {
  return Buffer.from(hashes.join(''), 'hex');
}
