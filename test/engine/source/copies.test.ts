import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discoverSources, findCopies } from '../../../src/engine/source/open-source.ts';
import { makeDirectory, makeLines, makeZip, readAll } from './make-files.ts';

async function tellCopies(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Record<string, string>> {
  const { files: found } = await discoverSources([makeDirectory(files)]);
  const copies = await findCopies(found);
  const told: Record<string, string> = {};
  for (const [index, copy] of copies) {
    const { reading } = await readAll(found[index]!);
    expect(copy.reading).toEqual(reading);
    told[found[index]!.path] = `${copy.extent} ${found[copy.of]!.path}`;
  }
  return told;
}

const LONG = makeLines(100);
const HUGE = makeLines(12_000);

describe('copies', () => {
  test.each<[string, Record<string, string | Uint8Array>, Record<string, string>]>([
    ['nothing', {}, {}],
    ['different files', { 'audit.jsonl': LONG, 'audit.jsonl.1': makeLines(100, 200) }, {}],
    ['empty files are nobody’s copy', { 'audit.jsonl': '', 'audit.jsonl.1': '', 'audit.jsonl.2': LONG }, {}],
    [
      'equal: the one that sorts first',
      { 'audit-2024-01-15.jsonl': LONG, 'backup/audit-2024-01-15.jsonl': LONG },
      { 'backup/audit-2024-01-15.jsonl': 'equal audit-2024-01-15.jsonl' },
    ],
    [
      'equal: a scheme’s name before another, plain before compressed',
      { 'a/copy.txt': LONG, 'b/audit.jsonl.gz': gzipSync(LONG), 'c/audit.jsonl': LONG },
      { 'a/copy.txt': 'equal c/audit.jsonl', 'b/audit.jsonl.gz': 'equal c/audit.jsonl' },
    ],
    [
      'chains lead to the longest',
      {
        'audit.jsonl': HUGE,
        'monday/audit.jsonl': HUGE.slice(0, 400_000),
        'tuesday/audit.jsonl.zst': Buffer.from(zstdCompressSync(HUGE.slice(0, 1_500_001))),
        'z.zip': makeZip([{ name: 'audit.jsonl', data: Buffer.from(HUGE.slice(0, 4096)) }]),
      },
      {
        'monday/audit.jsonl': 'prefix audit.jsonl',
        'tuesday/audit.jsonl.zst': 'prefix audit.jsonl',
        'z.zip/audit.jsonl': 'prefix audit.jsonl',
      },
    ],
    [
      'short ones, cut in a line',
      { 'audit.jsonl': HUGE, 'audit.jsonl.1': HUGE.slice(0, 100), 'audit.jsonl.2': HUGE.slice(0, 300) },
      { 'audit.jsonl.1': 'prefix audit.jsonl', 'audit.jsonl.2': 'prefix audit.jsonl' },
    ],
    [
      'short ones among themselves',
      {
        'audit.jsonl': 'a\nb\n',
        'audit.jsonl.1': 'a\n',
        'audit.jsonl.2': 'a\nb\n',
        'audit.jsonl.3': 'a\nc\n',
      },
      { 'audit.jsonl.1': 'prefix audit.jsonl', 'audit.jsonl.2': 'equal audit.jsonl' },
    ],
    [
      'alike at the beginning only',
      { 'audit.jsonl': `${HUGE}x\n`, 'audit.jsonl.1': `${HUGE}y\n`, 'audit.jsonl.2': `${HUGE}xx` },
      {},
    ],
    [
      'a cut copy is a copy, and never the original of a whole one',
      { 'a/audit.jsonl.gz': gzipSync(HUGE).subarray(0, -4), 'b/audit.jsonl.gz': gzipSync(HUGE) },
      { 'a/audit.jsonl.gz': 'equal b/audit.jsonl.gz' },
    ],
    [
      'across encodings',
      { 'audit.jsonl': LONG, 'saved.txt': Buffer.from(`\ufeff${LONG}`, 'utf16le') },
      { 'saved.txt': 'equal audit.jsonl' },
    ],
  ])('%s', async (_, files, expected) => {
    expect(await tellCopies(files)).toEqual(expected);
  });

  test('a file that was appended to after it was listed is no trouble', async () => {
    const { files } = await discoverSources([makeDirectory({ 'audit.jsonl': HUGE, 'audit.jsonl.1': HUGE })]);
    const stale = files.map((file) => ({ ...file, storedBytes: 10 }));
    expect((await findCopies(stale)).size).toBe(1);
  });
});

type Step = 'append' | 'rotate' | 'compress' | 'backup' | 'back up compressed';

/** A live log and what a night's cron jobs make of it; every line is written exactly once. */
class History {
  readonly files = new Map<string, Buffer>([['audit.jsonl', Buffer.alloc(0)]]);
  readonly written: string[] = [];
  #seq = 1;
  #day = 1;

  apply(step: Step, size: number): void {
    const live = this.files.get('audit.jsonl')!;
    const day = `2024-01-${String(this.#day).padStart(2, '0')}`;
    switch (step) {
      case 'append': {
        const text = makeLines(size, this.#seq);
        this.#seq += size;
        this.written.push(...text.split(/(?<=\n)/));
        return void this.files.set('audit.jsonl', Buffer.concat([live, Buffer.from(text)]));
      }
      case 'rotate':
        if (live.length === 0) return;
        this.files.set(`audit.jsonl.${day}`, live);
        this.files.set('audit.jsonl', Buffer.alloc(0));
        this.#day++;
        return;
      case 'compress':
        for (const [name, content] of this.files) {
          if (!/^audit\.jsonl\.[\d-]+$/.test(name)) continue;
          this.files.delete(name);
          this.files.set(`${name}.gz`, gzipSync(content));
        }
        return;
      case 'backup':
        return void this.files.set(`backup-${this.files.size}/audit.jsonl`, this.#cut(live, size));
      case 'back up compressed': {
        const copy = zstdCompressSync(this.#cut(live, size));
        return void this.files.set(`backup-${this.files.size}/audit.jsonl.zst`, Buffer.from(copy));
      }
    }
  }

  /** A backup taken while a line was being written. */
  #cut(live: Buffer, size: number): Buffer {
    return live.subarray(0, Math.max(0, live.length - size * 3));
  }
}

test('any history of appending, rotating, compressing and copying gives each line once, in order', async () => {
  const step = fc.constantFrom<Step>(
    'append',
    'append',
    'rotate',
    'compress',
    'backup',
    'back up compressed',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.integer({ min: 1, max: 40 })), { maxLength: 14 }),
      async (steps) => {
        const history = new History();
        for (const [kind, size] of steps) history.apply(kind, size);
        const { files } = await discoverSources([makeDirectory(Object.fromEntries(history.files))]);
        const copies = await findCopies(files);
        const originals = files.filter((file) => !copies.has(file.index));
        // Rotated days come before the live file in time, after it in name.
        originals.sort((a, b) => (a.day ?? '9999').localeCompare(b.day ?? '9999'));
        const lines: string[] = [];
        for (const file of originals) lines.push(...(await readAll(file)).lines);
        expect(lines).toEqual(history.written);
      },
    ),
    { numRuns: 60 },
  );
});
