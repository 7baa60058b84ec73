/** Appends lines to one file of a directory, so many a second, and tells when: what live-follow.ts starts. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLargeLog } from '../simulator/write-large-log.ts';

/** Told after each append. */
export interface Appended {
  readonly lines: number;
  /** Of all appends so far. */
  readonly total: number;
  readonly atMs: number;
}

const EVERY_MS = 20;

const [directory = '', rate = '', seconds = ''] = process.argv.slice(2);
const lines = writeLines(Number(rate) * Number(seconds));
const file = join(directory, 'audit-2025-03-01.jsonl');
process.send!('ready');
process.once('message', () => {
  const begun = performance.now();
  let total = 0;
  const timer = setInterval(() => {
    const due = Math.min(lines.length, Math.floor(((performance.now() - begun) / 1000) * Number(rate)));
    if (due > total) {
      appendFileSync(file, `${lines.slice(total, due).join('\n')}\n`);
      process.send!({ lines: due - total, total: due, atMs: Date.now() } satisfies Appended);
      total = due;
    }
    if (total < lines.length) return;
    clearInterval(timer);
    process.disconnect();
  }, EVERY_MS);
});

function writeLines(count: number): string[] {
  const made = mkdtempSync(join(tmpdir(), 'unbroken-live-'));
  const options = { entries: count, dialect: 'observed', seed: 3, days: 1 } as const;
  const [path = ''] = writeLargeLog(made, {
    ...options,
    startMicros: Date.parse('2025-03-01T00:00:00Z') * 1000,
  });
  const all = readFileSync(path, 'utf8').trimEnd().split('\n');
  rmSync(made, { recursive: true });
  return all;
}
