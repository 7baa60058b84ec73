/**
 * Lines in, batches out: every line is checked to its end and becomes a row, or a malformed line with whatever could
 * be salvaged from it. Never throws, on any bytes.
 *
 * Guaranteed: lines in = blank lines + malformed lines + lines with exactly one whole entry. The bytes of a row are
 * those of its JSON object; what surrounds it (a byte order mark, a carriage return) is tolerated.
 * A batch's columns are valid until the next lines are added: whoever keeps them copies them.
 * Not guaranteed: that a value makes sense. An edited value parses like any other.
 */
import {
  type Batch,
  type Lines,
  MAX_BATCH_ROWS,
  type Malformed,
  type MalformedReason,
  ROW_SALVAGED,
} from '../batch.ts';
import { Columns } from './columns.ts';
import { openQuickLane, type QuickLane } from './quick-lane.ts';
import { RowReader } from './read-row.ts';
import { salvageLine } from './salvage.ts';
import { JsonScanner } from './scan-json.ts';

/** A batch ends after this many bytes, so that offsets stay small and a segment is one read. */
const MAX_BATCH_BYTES = 32 * 1024 * 1024;

export class LineParser {
  #file = 0;
  readonly #lane: QuickLane | null;
  readonly #scanner = new JsonScanner();
  readonly #rows = new RowReader();
  readonly #columns = new Columns();
  #malformed: Malformed[] = [];
  #firstLine = 1;
  #lines = 0;
  #blankLines = 0;
  #offsetBytes = 0;
  #lengthBytes = 0;
  #holdsBack = false;
  #hasHeldBack = false;

  /** `lane`: null for a test that all is the same without it. */
  constructor(lane: QuickLane | null = openQuickLane()) {
    this.#lane = lane;
  }

  /**
   * Begins a file; whatever was not taken of the last one is dropped. `file`: the index that the batches carry.
   * `onlyNodes`: for who counts entries and keeps none: the tuples are of the nodes alone, and no row has a record.
   * `holdsBack`: of a last line without its newline that is not whole nothing is salvaged.
   */
  start(file: number, { onlyNodes = false, holdsBack = false } = {}): void {
    this.takeBatch();
    this.#file = file;
    this.#rows.onlyNodes = onlyNodes;
    this.#holdsBack = holdsBack;
    this.#hasHeldBack = false;
  }

  /** Whether something of this file was held back. */
  get hasHeldBack(): boolean {
    return this.#hasHeldBack;
  }

  /** Reads a run of lines; a full batch comes back when one is due. Nothing of `lines` is kept. */
  addLines(lines: Lines): Batch | undefined {
    if (this.#lengthBytes === 0 && this.#lines === 0) {
      this.#firstLine = lines.firstLine;
      this.#offsetBytes = lines.offsetBytes;
    }
    if (this.#lane && lines.piece === 'whole') this.#addQuickly(lines, this.#lane);
    else this.#addPlainly(lines);
    this.#lengthBytes += lines.bytes.length;
    return this.#columns.count >= MAX_BATCH_ROWS || this.#lengthBytes >= MAX_BATCH_BYTES
      ? this.takeBatch()
      : undefined;
  }

  /** Reads lines by the quick lane, and those that it leaves by the plain one. */
  #addQuickly(lines: Lines, lane: QuickLane): void {
    const { bytes } = lines;
    const before = this.#lines;
    lane.setOnlyNodes(this.#rows.onlyNodes);
    for (let start = 0; start < bytes.length; ) {
      const end = findLastEnd(bytes, start, start + lane.textBytes);
      if (end === start) {
        start = this.#addNext(bytes, start);
        continue;
      }
      lane.load(bytes.subarray(start, end));
      for (;;) {
        this.#lines += lane.read(this.#lines, this.#lengthBytes + start, this.#columns, this.#rows.tuples);
        const at = start + lane.readBytes;
        if (at === end) break;
        lane.skip(this.#addNext(bytes, at) - at);
      }
      start = end;
    }
    lines.count = this.#lines - before;
  }

  /** Reads the line that begins at `from` by the plain lane; returns where it ends. */
  #addNext(bytes: Uint8Array, from: number): number {
    const end = bytes.indexOf(0x0a, from) + 1 || bytes.length;
    this.#addLine(bytes, from, end, false);
    return end;
  }

  #addPlainly({ bytes, ends, count, piece }: Lines): void {
    for (let i = 0; i < count; i++)
      this.#addLine(bytes, i === 0 ? 0 : ends[i - 1]!, ends[i]!, piece === 'head');
  }

  /** The batch of what was read since the last one; undefined where nothing was. Its columns are lent: see above. */
  takeBatch(): Batch | undefined {
    if (this.#lines === 0 && this.#lengthBytes === 0) return undefined;
    const batch: Batch = {
      file: this.#file,
      firstLine: this.#firstLine,
      lines: this.#lines,
      blankLines: this.#blankLines,
      offsetBytes: this.#offsetBytes,
      lengthBytes: this.#lengthBytes,
      count: this.#columns.count,
      ...this.#columns.view(),
      tuples: this.#rows.tuples.tuples,
      resTexts: this.#rows.resTexts.texts.slice(1),
      malformed: this.#malformed,
      blocks: [],
    };
    this.#columns.count = 0;
    this.#malformed = [];
    this.#lines = 0;
    this.#blankLines = 0;
    this.#lengthBytes = 0;
    this.#rows.reset();
    return batch;
  }

  #addLine(bytes: Uint8Array, from: number, to: number, isTooLong: boolean): void {
    const line = this.#lines++;
    let start = from;
    let end = to;
    if (end > start && bytes[end - 1] === 0x0a) end--;
    while (end > start && isSpace(bytes[end - 1]!)) end--;
    const isFirst = this.#firstLine + line === 1;
    if (
      isFirst &&
      end - start >= 3 &&
      bytes[start] === 0xef &&
      bytes[start + 1] === 0xbb &&
      bytes[start + 2] === 0xbf
    ) {
      start += 3;
    }
    while (start < end && isSpace(bytes[start]!)) start++;
    if (start === end) {
      this.#blankLines++;
      return;
    }
    const scanner = this.#scanner;
    let reason: MalformedReason | undefined;
    if (!isTooLong && scanner.scanObject(bytes, start, end)) {
      if (scanner.position === end) {
        reason = this.#rows.addRow(scanner, bytes, this.#columns);
        if (reason === undefined) {
          this.#place(line, start, end, 0);
          return;
        }
      } else {
        reason = 'glued';
      }
    } else {
      reason = isTooLong ? 'too-long' : scanner.reason;
    }
    // More of a line may come, unless it is known to be no line of a log.
    const mayGoOn = this.#holdsBack && !isTooLong && bytes[to - 1] !== 0x0a;
    this.#addMalformed(line, bytes, { start, end, scanned: reason, mayGoOn });
  }

  #addMalformed(
    line: number,
    bytes: Uint8Array,
    {
      start,
      end,
      scanned,
      mayGoOn,
    }: { start: number; end: number; scanned: MalformedReason; mayGoOn: boolean },
  ): void {
    const atByte = this.#scanner.position - start;
    // A whole object that is no entry has nothing to salvage; parts of it must not pass for one.
    const isWhole = scanned === 'missing-key' || scanned.startsWith('bad-');
    if (mayGoOn && !isWhole) this.#hasHeldBack = true;
    const { taken, whole } =
      isWhole || mayGoOn
        ? { taken: 0, whole: 0 }
        : salvageLine(bytes, start, end, {
            scanner: this.#scanner,
            take: (from, to) => {
              const reason = this.#rows.addRow(this.#scanner, bytes, this.#columns);
              if (reason === undefined) this.#place(line, from, to, ROW_SALVAGED);
              return reason;
            },
          });
    const reason = whole > 0 && (scanned === 'torn' || scanned === 'not-json') ? 'glued' : scanned;
    this.#malformed.push({
      line,
      offsetBytes: this.#lengthBytes + start,
      lengthBytes: end - start,
      reason,
      atByte,
      salvaged: taken,
    });
  }

  /** Completes the row just added: where its bytes lie, and how it was read. */
  #place(line: number, from: number, to: number, flags: number): void {
    const columns = this.#columns;
    const row = columns.count - 1;
    columns.line[row] = line;
    columns.offset[row] = this.#lengthBytes + from;
    columns.length[row] = to - from;
    columns.flags[row]! |= flags;
  }
}

/** The bytes of an entry that was recovered from a broken line, and whether they are the whole of it. */
export function recoverEntry(
  line: Uint8Array,
  seq: number,
  tsMicros: number,
): { readonly bytes: Uint8Array; readonly isWhole: boolean } | undefined {
  const parser = new LineParser(null);
  const ends = Uint32Array.of(line.length);
  parser.addLines({ bytes: line, count: 1, ends, firstLine: 1, offsetBytes: 0, piece: 'whole' });
  const batch = parser.takeBatch();
  const row = batch?.seq.findIndex((other, at) => other === seq && batch.tsMicros[at] === tsMicros) ?? -1;
  if (!batch || row < 0) return undefined;
  const from = batch.offset[row]!;
  const bytes = line.subarray(from, from + batch.length[row]!);
  const scanner = new JsonScanner();
  return { bytes, isWhole: scanner.scanObject(bytes, 0, bytes.length) && scanner.position === bytes.length };
}

/** The end of the last line that lies in [start, to) as a whole; `start` where none does. */
function findLastEnd(bytes: Uint8Array, start: number, to: number): number {
  return to >= bytes.length ? bytes.length : Math.max(bytes.lastIndexOf(0x0a, to - 1) + 1, start);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0d || byte === 0x09;
}
