import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  fetchLines,
  hashContentPrefix,
  readLines,
  type SourceFile,
} from '../../../src/engine/source/open-source.ts';
import { makeDirectory, makeLines, makeNoise, makeZip, openOnly, readAll } from './make-files.ts';

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** Longer than what is read at a time, so that lines are cut across chunks. */
const LONG = makeLines(16_000);

async function openText(text: string | Uint8Array, name = 'audit.jsonl'): Promise<SourceFile> {
  return await openOnly(join(makeDirectory({ [name]: text }), name));
}

describe('a file', () => {
  test.each([
    ['empty', '', 0, false],
    ['only newlines', '\n\n\n', 3, true],
    ['no final newline', 'a\nb', 2, false],
    ['CRLF', 'a\r\nb\r\n', 2, true],
    ['a byte order mark', '\ufeff{}\n', 1, true],
    ['longer than a chunk', LONG, 16_000, true],
  ])('%s', async (_, text, lines, endsWithNewline) => {
    const { content, reading } = await readAll(await openText(text));
    expect(content.toString('utf8')).toBe(Buffer.from(text).toString('utf8'));
    const bytes = Buffer.byteLength(text);
    const hash = sha256(text);
    expect(reading).toEqual({
      bytes,
      sha256: hash,
      contentBytes: bytes,
      contentSha256: hash,
      lines,
      endsWithNewline,
    });
  });

  test('compressed: hashes of both sides, and progress in stored bytes', async () => {
    const stored = gzipSync(LONG);
    const file = await openText(stored, 'audit-2024-01-15.jsonl.gz');
    const told: number[] = [];
    const runs = readLines(file, { onBytes: (bytes) => told.push(bytes) });
    let step = await runs.next();
    while (!step.done) step = await runs.next();
    expect(step.value).toEqual({
      bytes: stored.length,
      sha256: sha256(stored),
      contentBytes: Buffer.byteLength(LONG),
      contentSha256: sha256(LONG),
      compression: 'gzip',
      lines: 16_000,
      endsWithNewline: true,
    });
    expect(told.at(-1)).toBe(stored.length);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  test('progress of a zip’s member is told in its size in the archive', async () => {
    const zip = makeZip([{ name: 'audit.jsonl', data: Buffer.from(LONG) }]);
    const file = await openOnly(join(makeDirectory({ 'z.zip': zip }), 'z.zip'));
    let last = 0;
    for await (const _ of readLines(file, { onBytes: (bytes) => (last = bytes) }));
    expect(last).toBe(file.storedBytes);
    expect(last).toBeLessThan(LONG.length / 4);
  });

  test('damaged: everything before it, both hashes, and where', async () => {
    const stored = gzipSync(Buffer.concat([Buffer.from(LONG), makeNoise(3_000_000)])).subarray(0, 2_000_000);
    const { content, reading } = await readAll(await openText(stored, 'audit.jsonl.1.gz'));
    expect(content.subarray(0, LONG.length / 2).equals(Buffer.from(LONG).subarray(0, LONG.length / 2))).toBe(
      true,
    );
    expect(reading).toMatchObject({
      bytes: stored.length,
      sha256: sha256(stored),
      contentBytes: content.length,
      contentSha256: sha256(content),
      error: { code: 'truncated-compression', atContentByte: content.length },
    });
  });

  test('that is gone, or is a directory by now', async () => {
    const directory = makeDirectory({ 'audit.jsonl': 'x\n' });
    const file = await openOnly(directory);
    rmSync(file.location.file);
    expect((await readAll(file)).reading).toMatchObject({ bytes: 0, lines: 0, error: { code: 'vanished' } });
    mkdirSync(file.location.file);
    expect((await readAll(file)).reading.error?.code).toBe('read-error');
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('that is locked by now', async () => {
    const file = await openText('x\n');
    chmodSync(file.location.file, 0);
    expect((await readAll(file)).reading.error?.code).toBe('permission');
  });

  test('that grows or shrinks meanwhile', async () => {
    const grown = await openText(LONG);
    const runs = readLines(grown);
    await runs.next();
    appendFileSync(grown.location.file, makeLines(3));
    let step = await runs.next();
    while (!step.done) step = await runs.next();
    expect(step.value).toMatchObject({ bytes: Buffer.byteLength(LONG), sha256: sha256(LONG) });

    const shrunk = await openText(LONG);
    const rest = readLines(shrunk);
    await rest.next();
    truncateSync(shrunk.location.file, 10);
    step = await rest.next();
    while (!step.done) step = await rest.next();
    expect(step.value.bytes).toBeLessThanOrEqual(Buffer.byteLength(LONG));
    expect(step.value.error).toBeUndefined();
  });

  test('cancelling ends it', async () => {
    const stop = new AbortController();
    const runs = readLines(await openText(LONG), { signal: stop.signal });
    await runs.next();
    stop.abort();
    const rest = (async () => {
      while (!(await runs.next()).done);
    })();
    await expect(rest).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });

  test('an over-long line comes in pieces', async () => {
    const text = `${'x'.repeat(5_000_000)}\nnext\n`;
    const { content, lines, reading } = await readAll(await openText(text), { maxLineBytes: 1_000_000 });
    expect(content.toString()).toBe(text);
    expect(lines.map((line) => line.length)).toEqual([1_000_000, 5]);
    expect(reading.lines).toBe(2);
  });
});

test('lines are fetched again by their numbers', async () => {
  const text = `first\n${'x'.repeat(2_000_000)}\n\nlast`;
  const file = await openText(text);
  const fetched: [number, number, string][] = [];
  for await (const { line, bytes } of fetchLines(file, [1, 2, 4, 9], { maxLineBytes: 300_000 }))
    fetched.push([line, bytes.length, Buffer.from(bytes.subarray(0, 6)).toString()]);
  expect(fetched).toEqual([
    [1, 6, 'first\n'],
    [2, 2_000_001, 'xxxxxx'],
    [4, 4, 'last'],
  ]);
  const all = LONG.split(/(?<=\n)/);
  const wanted = [1, 2, 7000, 7001, 16_000];
  const again: string[] = [];
  for await (const { bytes } of fetchLines(await openText(gzipSync(LONG), 'audit.jsonl.gz'), wanted))
    again.push(Buffer.from(bytes).toString());
  expect(again).toEqual(wanted.map((line) => all[line - 1]));
});

test('the beginning of a content is hashed, compressed or not', async () => {
  const whole = Buffer.from(LONG);
  for (const file of [await openText(whole), await openText(gzipSync(whole), 'audit.jsonl.1.gz')]) {
    for (const bytes of [0, 1, 4096, 1_500_000, whole.length])
      expect(await hashContentPrefix(file, bytes)).toEqual({
        bytes,
        sha256: sha256(whole.subarray(0, bytes)),
      });
    expect(await hashContentPrefix(file, whole.length + 1)).toEqual({
      bytes: whole.length,
      sha256: sha256(whole),
    });
  }
  const cut = await openText(gzipSync(whole).subarray(0, 5000), 'audit.jsonl.2.gz');
  expect(await hashContentPrefix(cut, whole.length)).toMatchObject({
    error: { code: 'truncated-compression' },
  });
});
