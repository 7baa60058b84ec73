/** Temporary directories, genuine-looking lines, and archives built from bytes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import {
  type Discovery,
  discoverSources,
  type FileReading,
  readLines,
  type SourceFile,
} from '../../../src/engine/source/open-source.ts';

/** Writes files into a fresh directory that goes when the test ends. */
export function makeDirectory(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

/** Entries of the documented dialect, one a line, from `first` on. */
export function makeLines(count: number, first = 1): string {
  let text = '';
  for (let seq = first; seq < first + count; seq++) {
    const ts = new Date(1_705_300_000_000 + seq * 1000).toISOString().replace('Z', '000+00:00');
    text += `{"seq": ${seq}, "ts": "${ts}", "node": "web-1", "model": "res.partner", "res_id": ${seq % 97}, `;
    text += `"method": "write", "user_id": 2, "user_login": "maría", "new_values": {"name": "n${seq * 7919}"}}\n`;
  }
  return text;
}

/** A pseudo-random sequence of bytes that no compression makes smaller. */
export function makeNoise(length: number): Buffer {
  const noise = Buffer.alloc(length);
  let state = 88_172_645;
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    noise[at] = state & 0xff;
  }
  return noise;
}

export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly method?: number;
  /** The bytes as stored, where `method` is none that is built here. */
  readonly stored?: Uint8Array;
  readonly flags?: number;
  readonly mode?: number;
  /** Claimed instead of the true size. */
  readonly claimedBytes?: number;
}

/** Builds a zip (APPNOTE 4.3): each member's header and data, then the directory and its end. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const method = entry.method ?? 8;
    const stored = Buffer.from(entry.stored ?? (method === 8 ? deflateRawSync(entry.data) : entry.data));
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((entry.flags ?? 0) | 0x800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(entry.data), 10);
    common.writeUInt32LE(stored.length, 14);
    common.writeUInt32LE(entry.claimedBytes ?? entry.data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, stored);
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, name);
    offset += 30 + name.length + stored.length;
  }
  const bytes = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** Reads a file to its end: its content, its lines as numbered, and what is known of it. */
export async function readAll(
  file: SourceFile,
  options: { readonly maxLineBytes?: number } = {},
): Promise<{ readonly content: Buffer; readonly lines: string[]; readonly reading: FileReading }> {
  const parts: Buffer[] = [];
  const lines: string[] = [];
  const runs = readLines(file, options);
  for (;;) {
    const step = await runs.next();
    if (step.done) return { content: Buffer.concat(parts), lines, reading: step.value };
    const { bytes, ends, count } = step.value;
    parts.push(Buffer.from(bytes));
    for (let at = 0; at < count; at++)
      lines.push(Buffer.from(bytes.subarray(at === 0 ? 0 : ends[at - 1]!, ends[at]!)).toString());
  }
}

/** Discovers and expects exactly one file. */
export async function openOnly(path: string): Promise<SourceFile> {
  const { files } = await discoverSources([path]);
  if (files.length !== 1) throw new Error(`${files.length} files instead of one`);
  return files[0] as SourceFile;
}

/** What discovery says, shortened to one line each. */
export function tellDiscovery(
  found: Discovery,
): Record<'files' | 'skipped' | 'unreadable' | 'archives', string[]> {
  return {
    files: found.files.map(({ path, compression, encoding }) =>
      [path, compression, encoding].filter((part) => part !== undefined).join(' '),
    ),
    skipped: found.skipped.map(({ path, reason }) => `${path} ${Object.values(reason).join(' ')}`),
    unreadable: found.unreadable.map(({ path, code }) => `${path} ${code}`),
    archives: found.archives.map(({ path, members }) => `${path} ${members}`),
  };
}
