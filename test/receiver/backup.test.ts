/** A backup is a plain copy of the data directory, taken while entries come in. */
import type { ChildProcess } from 'node:child_process';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyPaths } from '../../src/engine/engine.ts';
import { SenderBook } from '../../src/receiver/senders/sender-book.ts';
import { forkReceiver } from './fork-receiver.ts';
import { makeEntry, readSpool, VALUE } from './running-receiver.ts';

const SENDERS = 8;
let root: string;
let data: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'unbroken-backup-'));
  data = join(root, 'data');
  new SenderBook(data).add('openspp', VALUE);
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(root, { recursive: true });
});

async function start(directory: string): Promise<string> {
  const { child, url } = forkReceiver(directory);
  children.push(child);
  return url;
}

const post = (url: string, body: string): Promise<{ again?: boolean }> =>
  fetch(`${url}/ingest`, { method: 'POST', body, headers: { authorization: VALUE } }).then(
    (response) => response.json() as Promise<{ again?: boolean }>,
  );

/** As `cp -r` does it, in whatever order the directory gives its files. */
async function copyAll(from: string, to: string, order: (files: string[]) => string[]): Promise<void> {
  const files = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(from.length));
  for (const file of order(files.sort())) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    // In small pieces: a file grows while it is copied.
    const pieces = createReadStream(join(from, file), { highWaterMark: 4096 });
    await pipeline(pieces, createWriteStream(join(to, file)));
  }
}

test('whatever the order of its files, it has every entry that was acknowledged before, once', async () => {
  const url = await start(data);
  const acknowledged: string[] = [];
  let isOn = true;
  // Each of a node of its own, one after the other: then every beginning of the spool is without a gap.
  const senders = Array.from({ length: SENDERS }, async (_, node) => {
    for (let seq = 1; isOn; seq++) {
      const entry = makeEntry(seq).replace('"node": "vm"', `"node": "vm-${node}"`);
      await post(url, entry);
      acknowledged.push(entry);
    }
  });
  const shuffles = fc.sample(fc.infiniteStream(fc.nat()), { numRuns: 3, seed: 6 });
  for (const [round, numbers] of shuffles.entries()) {
    while (acknowledged.length < (round + 1) * 200) await new Promise(setImmediate);
    const before = [...acknowledged];
    const copy = join(root, `copy-${round}`);
    await copyAll(data, copy, (files) => {
      const ranked = files.map((file) => ({ file, rank: Number(numbers.next().value) }));
      return ranked.sort((a, b) => a.rank - b.rank).map(({ file }) => file);
    });

    const copyUrl = await start(copy);
    const payloads =
      readSpool(copy)
        .get('openspp')
        ?.map(({ payload }) => payload) ?? [];
    expect(new Set(payloads).size).toBe(payloads.length);
    const kept = new Set(payloads);
    expect(before.filter((entry) => !kept.has(entry))).toEqual([]);
    // What was received before the copy is known to it, also where the sender tries again.
    for (const entry of before.slice(-50)) expect(await post(copyUrl, entry)).toMatchObject({ again: true });
    expect(await post(copyUrl, makeEntry(1))).toMatchObject({ again: false });
    children.pop()?.kill('SIGKILL');
  }
  isOn = false;
  await Promise.all(senders);
  const [spool, copied] = await Promise.all(
    [data, join(root, 'copy-2')].map((directory) =>
      verifyPaths([join(directory, 'spool')], { signal: new AbortController().signal }),
    ),
  );
  expect(spool?.verdict).toBe('intact');
  expect(copied).toMatchObject({ verdict: 'intact', totals: { malformed: 0, duplicates: 0, missing: 0 } });
});
