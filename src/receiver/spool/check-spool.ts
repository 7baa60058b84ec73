/**
 * What is done with a spool before anything is added to it: what was received since the index was last written is read
 * into it, and an end that a crash left unfinished is cut off into a file of its own. Such an end was never acknowledged:
 * an answer is given after a whole line is on the disk.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { nameSpoolFile, SenderName, SPOOL_SENDERS } from '../../contract/spool.ts';
import { type IndexAddition, ReceiptIndex } from './receipt-index.ts';
import { readLine } from './spool-line.ts';

/** An unfinished end that was cut off. */
export interface CutEnd {
  /** Relative to the spool. */
  readonly file: string;
  /** Where its bytes are now, relative to the spool. */
  readonly keptIn: string;
  readonly bytes: number;
}

export interface SpoolState {
  readonly cut: readonly CutEnd[];
  /** Lines that are none of ours with lines of ours after them: left as they are. */
  readonly damagedLines: number;
  /** Lines that were read into the index. */
  readonly caughtUp: number;
}

const TORN = 'torn';
const FILE_NAME = /^received-(\d{4}-\d\d-\d\d)\.jsonl$/;
const READ_BYTES = 1024 * 1024;
/** Lines that are added to the index at once. */
const ADD_LINES = 5000;

/** Opens the index, anew where it cannot be read; `remove` deletes its files. */
export function openIndex(file: string, remove: () => void, nativeBinding?: string): ReceiptIndex {
  try {
    return new ReceiptIndex(file, nativeBinding);
  } catch {
    remove();
    return new ReceiptIndex(file, nativeBinding);
  }
}

/** Lists the day files of a spool, by sender and day. */
export function listDayFiles(spool: string): { readonly sender: string; readonly day: string }[] {
  const senders = join(spool, SPOOL_SENDERS);
  if (!existsSync(senders)) return [];
  return readdirSync(senders)
    .filter((name) => SenderName.safeParse(name).success)
    .sort()
    .flatMap((sender) =>
      readdirSync(join(senders, sender))
        .flatMap((name) => FILE_NAME.exec(name)?.[1] ?? [])
        .sort()
        .map((day) => ({ sender, day })),
    );
}

/** A day file's path, relative to the spool. */
export function nameDayFile(sender: string, day: string): string {
  return join(SPOOL_SENDERS, sender, nameSpoolFile(day));
}

/** Checks all that the index does not know yet. */
export function checkSpool(spool: string, index: ReceiptIndex): SpoolState {
  const files = listDayFiles(spool);
  const there = new Set(files.map(({ sender, day }) => `${sender}.${day}`));
  for (const { sender, day } of index.listFiles())
    if (!there.has(`${sender}.${day}`)) index.removeFile(sender, day);
  const cut: CutEnd[] = [];
  let damagedLines = 0;
  let caughtUp = 0;
  for (const { sender, day } of files) {
    const found = catchUp(spool, sender, day, index);
    damagedLines += found.damagedLines;
    caughtUp += found.caughtUp;
    if (found.cut) cut.push(found.cut);
  }
  return { cut, damagedLines, caughtUp };
}

function catchUp(
  spool: string,
  sender: string,
  day: string,
  index: ReceiptIndex,
): { cut?: CutEnd; damagedLines: number; caughtUp: number } {
  const path = join(spool, nameDayFile(sender, day));
  const size = statSync(path).size;
  // One that was put back from a backup is shorter: what the index knows of it is of another file.
  if (size < index.readFile(sender, day).bytes) index.removeFile(sender, day);
  const known = index.readFile(sender, day);
  if (size === known.bytes) return { damagedLines: 0, caughtUp: 0 };
  const file = openSync(path, 'r+');
  try {
    let { bytes: wholeBytes, lines: wholeLines } = known;
    let lines = wholeLines;
    let damaged = 0;
    let damagedLines = 0;
    let receipts: IndexAddition['receipts'][number][] = [];
    const add = (): void => {
      index.add([{ sender, day, receipts, bytes: wholeBytes, lines: wholeLines }]);
      receipts = [];
    };
    for (const { bytes, endBytes } of readLines(file, known.bytes)) {
      lines++;
      const line = readLine(bytes);
      if (!line) {
        damaged++;
        continue;
      }
      damagedLines += damaged;
      damaged = 0;
      wholeBytes = endBytes;
      wholeLines = lines;
      receipts.push({ sha256: line.sha256, line: lines });
      if (receipts.length === ADD_LINES) add();
    }
    add();
    const caughtUp = wholeLines - known.lines;
    if (wholeBytes === size) return { damagedLines, caughtUp };
    return { cut: cutEnd(spool, { file, sender, day, wholeBytes, size }), damagedLines, caughtUp };
  } finally {
    closeSync(file);
  }
}

interface End {
  readonly file: number;
  readonly sender: string;
  readonly day: string;
  readonly wholeBytes: number;
  readonly size: number;
}

function cutEnd(spool: string, { file, sender, day, wholeBytes, size }: End): CutEnd {
  mkdirSync(join(spool, TORN), { recursive: true });
  const keptIn = join(TORN, `${sender}-${day}-${wholeBytes}-${Date.now()}.part`);
  const side = openSync(join(spool, keptIn), 'wx', 0o600);
  try {
    const piece = Buffer.allocUnsafe(READ_BYTES);
    for (let at = wholeBytes; at < size; ) {
      const read = readSync(file, piece, 0, piece.length, at);
      if (read === 0) break;
      writeSync(side, piece, 0, read);
      at += read;
    }
    fsyncSync(side);
  } finally {
    closeSync(side);
  }
  ftruncateSync(file, wholeBytes);
  fsyncSync(file);
  return {
    file: nameDayFile(sender, day),
    keptIn: join(TORN, basename(keptIn)),
    bytes: size - wholeBytes,
  };
}

/** Whole lines without their ends; what is behind the last end is left out. */
function* readLines(file: number, fromBytes: number): Iterable<{ bytes: Buffer; endBytes: number }> {
  let at = fromBytes;
  let rest: Buffer = Buffer.alloc(0);
  for (;;) {
    const piece = Buffer.allocUnsafe(READ_BYTES);
    const read = readSync(file, piece, 0, piece.length, at);
    if (read === 0) return;
    const bytes = Buffer.concat([rest, piece.subarray(0, read)]);
    const startBytes = at - rest.length;
    at += read;
    let from = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
      yield { bytes: bytes.subarray(from, end), endBytes: startBytes + end + 1 };
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
}
