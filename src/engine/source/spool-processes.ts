/**
 * Which process wrote each line of a spool, as the envelope of syslog names it. Files of a spool are only ever appended to:
 * of one that was read before, only what is new is read.
 */
import { createReadStream, statSync } from 'node:fs';
import { readEnvelope } from '../base/read-envelope.ts';

const ENVELOPE_KEY = Buffer.from(',"envelope":"');
const AFTER_ENVELOPE = Buffer.from('","sha256":"');
const LF = 0x0a;
/** Lines that are remembered, of all files: four bytes each. */
const MAX_LINES = 16 * 1024 * 1024;

interface Known {
  readonly inode: number;
  bytes: number;
  lines: number;
  /** By line, from 1; 0 where none is named. */
  processes: Uint32Array;
}

const known = new Map<string, Known>();

/** Process numbers by line, from 1; undefined where the first line names none. Throws where it cannot be read. */
export async function readSpoolProcesses(
  file: string,
  signal: AbortSignal | undefined,
): Promise<Uint32Array | undefined> {
  const { ino, size } = statSync(file);
  let held = known.get(file);
  if (!held || held.inode !== ino || held.bytes > size)
    held = { inode: ino, bytes: 0, lines: 0, processes: new Uint32Array(1024) };
  let rest: Buffer = Buffer.alloc(0);
  if (size > held.bytes) {
    const stream = createReadStream(file, {
      start: held.bytes,
      highWaterMark: 1024 * 1024,
      ...(signal && { signal }),
    });
    for await (const piece of stream as AsyncIterable<Buffer>) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
      let start = 0;
      for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
        addLine(held, findProcess(bytes.subarray(start, end)));
        held.bytes += end + 1 - start;
        start = end + 1;
      }
      rest = bytes.subarray(start);
      if (held.lines > 0 && held.processes[1] === 0) return undefined;
    }
  }
  remember(file, held);
  return held.lines > 0 && held.processes[1] !== 0 ? held.processes : undefined;
}

function addLine(held: Known, process: number): void {
  held.lines++;
  if (held.lines >= held.processes.length) {
    const larger = new Uint32Array(held.processes.length * 2);
    larger.set(held.processes);
    held.processes = larger;
  }
  held.processes[held.lines] = process;
}

/** 0 where none is named: a quote in a value has a backslash before it, so what is found are the keys. */
function findProcess(line: Buffer): number {
  const at = line.indexOf(ENVELOPE_KEY);
  const from = at + ENVELOPE_KEY.length;
  const to = at < 0 ? -1 : line.indexOf(AFTER_ENVELOPE, from);
  if (to < 0) return 0;
  try {
    const envelope: unknown = JSON.parse(`"${line.toString('utf8', from, to)}"`);
    const { pid = '' } = readEnvelope(Buffer.from(String(envelope)));
    return /^[1-9]\d{0,8}$/.test(pid) ? Number(pid) : 0;
  } catch {
    return 0;
  }
}

/** The files asked for last are kept. */
function remember(file: string, held: Known): void {
  known.delete(file);
  known.set(file, held);
  let lines = [...known.values()].reduce((sum, { processes }) => sum + processes.length, 0);
  for (const [other, { processes }] of known) {
    if (lines <= MAX_LINES) return;
    lines -= processes.length;
    known.delete(other);
  }
}
