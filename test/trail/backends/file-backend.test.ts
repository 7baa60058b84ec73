import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyPaths } from '../../../src/engine/engine.ts';
import type { Backend } from '../../../src/trail/backend.ts';
import { openFileBackend } from '../../../src/trail/backends/file-backend.ts';
import { makeEntry } from './make-entry.ts';

const PROCESSES = 4;
const ENTRIES = 400;
const HOUR = 3_600_000_000;

let folder = '';
let path = '';
let backend: Backend;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unbroken-file-'));
  path = join(folder, 'audit.jsonl');
  backend = openFileBackend({ path, statusFolder: join(folder, 'state') });
});
afterEach(async () => {
  await backend.close(5_000).catch(() => {});
  rmSync(folder, { recursive: true, force: true });
});

/** The seqs in a file, in the order of its lines; `?` for what is no entry. */
function readSeqs(name = 'audit.jsonl'): (number | '?')[] {
  return readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      try {
        return (JSON.parse(line) as { seq: number }).seq;
      } catch {
        return '?';
      }
    });
}

function listLogs(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('audit.jsonl') && !name.endsWith('.lock'));
}

test('several processes write across midnight, and all is there', async () => {
  const script = join(import.meta.dirname, 'midnight-process.ts');
  const children = Array.from({ length: PROCESSES }, (_, index) =>
    spawn(process.execPath, [script, path, String(index), String(ENTRIES)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  const exits = await Promise.all(children.map((child) => once(child, 'exit')));
  expect(exits.map(([code]) => code)).toEqual(Array.from({ length: PROCESSES }, () => 0));

  const lines = ['audit.jsonl', 'audit.jsonl.2024-01-15'].map((name) =>
    readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'),
  );
  expect(lines.map((all) => all.length)).toEqual([
    PROCESSES * (ENTRIES / 2 + 1),
    PROCESSES * (ENTRIES / 2 - 1),
  ]);
  expect(lines[0]?.filter((line) => !line.includes('"ts": "2024-01-16T'))).toEqual([]);
  expect(lines[1]?.filter((line) => !line.includes('"ts": "2024-01-15T'))).toEqual([]);

  const report = await verifyPaths([folder], { signal: new AbortController().signal });
  expect(report.verdict).toBe('intact');
  expect(report.findings).toEqual([]);
  expect(report.sources.map(({ entries }) => entries)).toEqual([PROCESSES * ENTRIES]);
});

describe('days', () => {
  test('the first line of a day renames the file of the day before', async () => {
    for (const [seq, micros] of [
      [1, -2 * HOUR],
      [2, -HOUR],
      [3, 0],
      [4, 25 * HOUR],
    ] as const)
      await backend.write(makeEntry(seq, micros));
    expect(listLogs()).toEqual(['audit.jsonl', 'audit.jsonl.2024-01-15', 'audit.jsonl.2024-01-16']);
    expect([readSeqs(), readSeqs('audit.jsonl.2024-01-15'), readSeqs('audit.jsonl.2024-01-16')]).toEqual([
      [4],
      [1, 2],
      [3],
    ]);
  });

  test('a line that comes late goes to its own day', async () => {
    await backend.write(makeEntry(1, -HOUR));
    await backend.write(makeEntry(2, HOUR));
    await backend.write(makeEntry(3, -1));
    expect(readSeqs('audit.jsonl.2024-01-15')).toEqual([1, 3]);
  });

  test('a file that another program put in the way is left as it is', async () => {
    writeFileSync(`${path}.2024-01-15`, 'theirs\n');
    await backend.write(makeEntry(1, -HOUR));
    await backend.write(makeEntry(2, HOUR));
    expect(readFileSync(`${path}.2024-01-15`, 'utf8')).toBe('theirs\n');
    expect(readSeqs('audit.jsonl.2024-01-15.1')).toEqual([1]);
  });

  test('a file found at the start is of the day of its first line', async () => {
    writeFileSync(path, `${makeEntry(7, -30 * HOUR).line}\n`);
    await backend.write(makeEntry(1, HOUR));
    expect(readSeqs('audit.jsonl.2024-01-14')).toEqual([7]);
  });
});

describe('other programs', () => {
  test.each([
    ['renamed', () => renameSync(path, `${path}.1`)],
    ['removed', () => rmSync(path)],
    ['renamed and created anew', () => renameSync(path, `${path}.1`), () => writeFileSync(path, '')],
    ['copied and truncated', () => copyFileSync(path, `${path}.1`), () => truncateSync(path, 0)],
  ])('the file is %s', async (_, ...changes) => {
    await backend.write(makeEntry(1));
    await backend.write(makeEntry(2));
    for (const change of changes as readonly (() => void)[]) change();
    await backend.write(makeEntry(3));
    expect(readSeqs()).toEqual([3]);
    if (existsSync(`${path}.1`)) expect(readSeqs('audit.jsonl.1')).toEqual([1, 2]);
  });

  test('a line that a killed process left torn is not glued to the next', async () => {
    const torn = makeEntry(9).line.slice(0, 80);
    writeFileSync(path, `${makeEntry(8).line}\n${torn}`);
    await backend.write(makeEntry(1));
    appendFileSync(path, torn);
    await backend.write(makeEntry(2));
    await backend.write(makeEntry(3));
    expect(readSeqs()).toEqual([8, '?', 1, '?', 2, 3]);
  });
});

test('calls that are not awaited are written in their order', async () => {
  const seqs = Array.from({ length: 500 }, (_, i) => i + 1);
  await Promise.all(seqs.map((seq) => backend.write(makeEntry(seq))));
  expect(readSeqs()).toEqual(seqs);
  expect(backend.state()).toEqual({ name: 'file', written: 500, lost: 0, waiting: 0 });
});

test.each(['always', 'second', 'never'] as const)('fsync %s writes and confirms', async (fsync) => {
  const other = openFileBackend({ path, fsync });
  const entry = makeEntry(1);
  await other.write(entry);
  await other.confirm(entry, 5_000);
  await expect(other.confirm(makeEntry(2), 5_000)).rejects.toThrow('not written');
  await other.close(5_000);
  expect(readSeqs()).toEqual([1]);
});

describe('failures', () => {
  test('are counted, told in the status file, and over when the file is there again', async () => {
    mkdirSync(path);
    await expect(backend.write(makeEntry(1))).rejects.toThrow('EISDIR');
    await expect(backend.write(makeEntry(2))).rejects.toThrow('EISDIR');
    expect(backend.state()).toMatchObject({ written: 0, lost: 2, outage: { failures: 2 } });
    rmSync(path, { recursive: true });
    await backend.write(makeEntry(3));
    expect(backend.state()).toEqual({ name: 'file', written: 1, lost: 2, waiting: 0 });
    await backend.close(5_000);
    const status = JSON.parse(readFileSync(join(folder, 'state', 'file.status.json'), 'utf8'));
    expect(status).toMatchObject({
      backend: 'file',
      outages: [{ pid: process.pid, until: expect.any(String), failures: 2, lost: 2 }],
    });
  });

  test.skipIf(process.platform === 'win32')(
    'a full disk cuts a line, and the next is not glued to it',
    async () => {
      const script = join(import.meta.dirname, 'midnight-process.ts');
      // A limit on the size of files does what a full disk does: a part is written, then nothing.
      const limited = `trap '' XFSZ; ulimit -f 4; exec "$0" "$@"`;
      const child = spawn('bash', ['-c', limited, process.execPath, script, path, '0', '40'], {
        stdio: 'ignore',
      });
      expect((await once(child, 'exit'))[0]).not.toBe(0);
      await backend.write(makeEntry(1, -HOUR));
      const seqs = readSeqs(listLogs().at(-1));
      expect(seqs.slice(-2)).toEqual(['?', 1]);
      expect(seqs.slice(0, -2)).toEqual(seqs.slice(0, -2).map((_, i) => i + 1));
    },
  );

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a folder that refuses new files still has its file appended to',
    async () => {
      writeFileSync(path, '');
      chmodSync(folder, 0o500);
      await backend.write(makeEntry(1));
      chmodSync(folder, 0o700);
      expect(readSeqs()).toEqual([1]);
    },
  );
});
