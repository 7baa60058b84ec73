import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FailureError } from '../../../src/engine/base/failure.ts';
import { comparePaths, isSchemeName, readDay } from '../../../src/engine/source/discovery/file-names.ts';
import { hasEntry } from '../../../src/engine/source/discovery/inspect-file.ts';
import { discoverSources } from '../../../src/engine/source/open-source.ts';
import { makeDirectory, makeLines, makeNoise, openOnly, readAll, tellDiscovery } from './make-files.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));

async function tell(...paths: string[]): Promise<ReturnType<typeof tellDiscovery>> {
  return tellDiscovery(await discoverSources(paths));
}

describe('names', () => {
  test.each([
    ['audit.jsonl', true, undefined],
    ['audit.jsonl.2024-01-15', true, '2024-01-15'],
    ['audit.jsonl.2024-01-15.gz', true, '2024-01-15'],
    ['audit-2024-01-15.jsonl', true, '2024-01-15'],
    ['audit-2024-01-15.jsonl.1.gz', true, '2024-01-15'],
    ['audit.jsonl.1', true, undefined],
    ['audit.jsonl-20240115.xz', true, '2024-01-15'],
    ['audit.jsonl.gz.2', true, undefined],
    ['AUDIT.JSONL', true, undefined],
    ['audit-2024-13-45.jsonl', true, undefined],
    ['audit.jsonl.bak', false, undefined],
    ['truth.jsonl', false, undefined],
    ['my-audit.jsonl', false, undefined],
    ['audit.json', false, undefined],
    ['audit.jsonl.md', false, undefined],
    ['copy of 2024-02-29.txt', false, '2024-02-29'],
    ['2023-02-29', false, undefined],
  ])('%s', (name, scheme, day) => {
    expect(isSchemeName(name)).toBe(scheme);
    expect(readDay(name)).toBe(day);
  });

  test('digits are compared as numbers', () => {
    const paths = [
      'a/audit.jsonl.10',
      'a/audit.jsonl.2',
      'a/audit.jsonl',
      'a/audit.jsonl.02',
      'B',
      'a1/x',
      'a/é',
    ];
    expect(paths.sort(comparePaths)).toEqual([
      'B',
      'a/audit.jsonl',
      'a/audit.jsonl.02',
      'a/audit.jsonl.2',
      'a/audit.jsonl.10',
      'a/é',
      'a1/x',
    ]);
  });
});

test.each([
  [makeLines(1), true],
  [`\ufeff  ${makeLines(1)}`, true],
  [`garbage\n\n\t${makeLines(1)}`, true],
  ['{"a": {"node": 1, "ts": 2, "seq": 3}}', false],
  ['{"format": "unbroken.report/1", "gaps": [{"node": "a", "ts": "b", "seq": 1}]}', false],
  ['{"text": "\\"node\\": 1, \\"ts\\": 2, \\"seq\\": 3"}', false],
  ['[{"node": 1, "ts": 2, "seq": 3}]', false],
  ['{"node": 1, "ts" : 2, "seq"\t: 3', true],
  ['{"node": "unclosed', false],
  ['', false],
])('an entry is known by its keys: %s', (text, expected) => {
  expect(hasEntry(Buffer.from(text))).toBe(expected);
});

describe('the samples', () => {
  test('days: the answer key is skipped', async () => {
    expect(await tell(join(FIXTURES, 'days'))).toEqual({
      files: [15, 16, 17, 18, 19].map((day) => `audit/audit-2024-01-${day}.jsonl`),
      skipped: ['README.md no-entries', 'truth.jsonl no-entries'],
      unreadable: [],
      archives: [],
    });
  });

  test('documented: rotated and compressed', async () => {
    const { files } = await tell(join(FIXTURES, 'documented'));
    expect(files).toEqual([
      'audit/audit.jsonl',
      'audit/audit.jsonl.2025-03-01.gz gzip',
      'audit/audit.jsonl.2025-03-02.gz gzip',
    ]);
  });

  test('readme-path: a directory called audit.jsonl, opened by itself or from above', async () => {
    const above = await tell(join(FIXTURES, 'readme-path'));
    expect(above.files).toEqual(['audit.jsonl/audit-2024-01-15.jsonl']);
    expect((await tell(join(FIXTURES, 'readme-path/audit.jsonl'))).files).toEqual(['audit-2024-01-15.jsonl']);
  });

  test('edge: numbers of lines', async () => {
    const { lines, reading } = await readAll(await openOnly(join(FIXTURES, 'edge/audit')));
    expect([lines.length, reading.lines, reading.endsWithNewline]).toEqual([30, 30, true]);
  });
});

describe('what is listed', () => {
  test('a scheme name whatever is in it, others by their content', async () => {
    const text = makeLines(3);
    const directory = makeDirectory({
      'audit.jsonl': '',
      'audit.jsonl.1': makeNoise(5000),
      'audit.jsonl.2.gz': gzipSync(text),
      'audit.jsonl.3.gz': text,
      'audit.jsonl.4.gz': makeNoise(300),
      'audit.jsonl.5.gz': '',
      'plain-name.gz.bak': gzipSync(text),
      'node-1/audit-2024-01-15.jsonl': text,
      'node-1/late.txt': `${'noise\n'.repeat(20_000)}${text}`,
      'node-1/too-late.txt': `${'noise\n'.repeat(200_000)}${text}`,
      'empty.txt': '',
      'report.json': '{"format": "unbroken.report/1", "findings": [{"node": 1, "ts": 1, "seq": 1}]}',
      'broken.gz': gzipSync(makeNoise(2000)).fill(0xff, 10, 14),
    });
    expect(await tell(directory)).toEqual({
      files: [
        'audit.jsonl',
        'audit.jsonl.1',
        'audit.jsonl.2.gz gzip',
        'audit.jsonl.3.gz',
        'audit.jsonl.4.gz gzip',
        'audit.jsonl.5.gz gzip',
        'node-1/audit-2024-01-15.jsonl',
        'node-1/late.txt',
        'plain-name.gz.bak gzip',
      ],
      skipped: ['empty.txt empty', 'node-1/too-late.txt no-entries', 'report.json no-entries'],
      unreadable: ['broken.gz damaged-compression'],
      archives: [],
    });
  });

  test('formats that cannot be read: told where they matter', async () => {
    const sevenZip = Buffer.from('377abcaf271c0004', 'hex');
    const directory = makeDirectory({ 'audit.jsonl.7z': sevenZip, 'backup.7z': sevenZip });
    expect(await tell(directory)).toMatchObject({
      skipped: ['backup.7z unsupported-format 7z'],
      unreadable: ['audit.jsonl.7z unsupported-compression'],
    });
    expect((await tell(join(directory, 'backup.7z'))).unreadable).toEqual([
      'backup.7z unsupported-compression',
    ]);
  });

  test('UTF-16, with its mark or without', async () => {
    const text = makeLines(3).replace('maría', '李😀');
    const little = Buffer.from(text, 'utf16le');
    const directory = makeDirectory({
      'audit-2024-01-01.jsonl': Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      'audit-2024-01-02.jsonl': little,
      'audit-2024-01-03.jsonl': Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(little).swap16()]),
      'audit-2024-01-04.jsonl.gz': gzipSync(little),
      'saved.txt': Buffer.from(`\ufeff${text}`, 'utf16le'),
    });
    const { files } = await discoverSources([directory]);
    expect(files.map((file) => file.encoding)).toEqual([
      'utf-16le',
      'utf-16le',
      'utf-16be',
      'utf-16le',
      'utf-16le',
    ]);
    for (const file of files) expect((await readAll(file)).content.toString()).toBe(text);
  });

  test('control characters in names are kept', async () => {
    const directory = makeDirectory({ 'a\u001b[31m\n/audit.jsonl': makeLines(1) });
    expect((await tell(directory)).files).toEqual(['a\u001b[31m\n/audit.jsonl']);
  });
});

describe('several paths', () => {
  test('are told apart where their relative paths collide', async () => {
    const directory = makeDirectory({
      'a/logs/audit.jsonl': makeLines(1),
      'b/logs/audit.jsonl': makeLines(1, 5),
      'c/audit.jsonl': makeLines(1, 9),
    });
    expect((await tell(join(directory, 'a'), join(directory, 'c'))).files).toEqual([
      'audit.jsonl',
      'logs/audit.jsonl',
    ]);
    expect((await tell(join(directory, 'a'), join(directory, 'b'))).files).toEqual([
      'a/logs/audit.jsonl',
      'b/logs/audit.jsonl',
    ]);
    const three = [join(directory, 'a/logs'), join(directory, 'b/logs'), join(directory, 'c/audit.jsonl')];
    expect((await tell(...three)).files).toEqual([
      'a/logs/audit.jsonl',
      'b/logs/audit.jsonl',
      'c/audit.jsonl',
    ]);
  });

  test('the same one twice, or one inside another, is read once', async () => {
    const directory = makeDirectory({ 'sub/audit.jsonl': makeLines(1) });
    const found = await discoverSources([directory, directory, join(directory, 'sub')]);
    expect(found.files).toHaveLength(1);
    expect(found.skipped.map(({ reason }) => reason.code)).toContain('same-file');
  });

  test('one that is not there is a failure', async () => {
    const missing = discoverSources([makeDirectory(), '/no/such/path']);
    await expect(missing).rejects.toThrow(FailureError);
    await expect(missing).rejects.toMatchObject({
      failure: { code: 'path-not-found', subject: '/no/such/path' },
    });
  });

  test('cancelling is a failure', async () => {
    const directory = makeDirectory({ 'audit.jsonl': makeLines(1) });
    const found = discoverSources([directory], { signal: AbortSignal.abort() });
    await expect(found).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });
});

describe.skipIf(process.platform === 'win32')('links and special files', () => {
  test('a link to a file is the file; the name it has by itself is the one told', async () => {
    const directory = makeDirectory({
      'z/audit-2024-01-15.jsonl': makeLines(2),
      'other.txt': makeLines(1, 7),
    });
    symlinkSync('z/audit-2024-01-15.jsonl', join(directory, 'audit.jsonl'));
    linkSync(join(directory, 'other.txt'), join(directory, 'audit.jsonl.1'));
    symlinkSync('nowhere', join(directory, 'notes'));
    symlinkSync('nowhere', join(directory, 'audit.jsonl.9'));
    expect(await tell(directory)).toMatchObject({
      files: ['audit.jsonl.1', 'z/audit-2024-01-15.jsonl'],
      skipped: [
        'audit.jsonl same-file z/audit-2024-01-15.jsonl',
        'notes broken-link',
        'other.txt same-file audit.jsonl.1',
      ],
      unreadable: ['audit.jsonl.9 broken-link'],
    });
  });

  test('loops end; a directory beside is followed, one around is not', async () => {
    const directory = makeDirectory({
      'root/a/audit.jsonl': makeLines(1),
      'beside/audit-2024-01-01.jsonl': '',
    });
    symlinkSync('.', join(directory, 'root/a/loop'));
    symlinkSync('../../beside', join(directory, 'root/a/beside'));
    symlinkSync('../..', join(directory, 'root/a/around'));
    const found = await discoverSources([join(directory, 'root')]);
    expect(found.files.map((file) => file.path)).toEqual([
      'a/audit.jsonl',
      'a/beside/audit-2024-01-01.jsonl',
    ]);
    expect(found.skipped.map(({ path, reason }) => `${path} ${reason.code}`)).toEqual([
      'a/around linked-directory',
      'a/loop same-file',
    ]);
  });

  test.runIf(process.platform === 'linux')(
    'a file whose name no text can say is not taken for gone',
    async () => {
      const directory = makeDirectory({ 'audit.jsonl': makeLines(1) });
      const name = Buffer.concat([
        Buffer.from(`${directory}/audit-`),
        Buffer.of(0xff),
        Buffer.from('.jsonl'),
      ]);
      writeFileSync(name, makeLines(2));
      expect((await discoverSources([directory])).unreadable).toEqual([
        { path: 'audit-\ufffd.jsonl', code: 'read-error', detail: 'its name is not UTF-8' },
      ]);
    },
  );

  test('a fifo is never opened', async () => {
    const directory = makeDirectory({ 'audit.jsonl': makeLines(1) });
    expect(spawnSync('mkfifo', [join(directory, 'audit.jsonl.1')]).status).toBe(0);
    expect(await tell(directory)).toMatchObject({
      files: ['audit.jsonl'],
      skipped: ['audit.jsonl.1 special-file fifo'],
    });
    expect((await tell('/dev/null')).skipped).toEqual(['null special-file device']);
  });

  test('what permissions keep from us is unreadable, and nothing else is', async () => {
    const directory = makeDirectory({
      'audit.jsonl': makeLines(1),
      'audit.jsonl.1': makeLines(1, 2),
      'notes.txt': 'x',
      'locked/audit.jsonl': makeLines(1, 3),
    });
    for (const name of ['audit.jsonl.1', 'notes.txt', 'locked']) chmodSync(join(directory, name), 0);
    chmodSync(directory, 0o555);
    const found = process.getuid?.() === 0 ? discoverAsNobody(directory) : await tell(directory);
    expect(found).toEqual({
      files: ['audit.jsonl'],
      skipped: [],
      unreadable: ['audit.jsonl.1 permission', 'locked permission', 'notes.txt permission'],
      archives: [],
    });
    chmodSync(join(directory, 'locked'), 0o700);
  });
});

/** Root may read everything: a child gives up being root before it looks. */
function discoverAsNobody(directory: string): unknown {
  const source = new URL('../../../src/engine/source/open-source.ts', import.meta.url).href;
  const script = `
    const { discoverSources } = await import(${JSON.stringify(source)});
    process.setgid(65534);
    process.setuid(65534);
    const found = await discoverSources([${JSON.stringify(directory)}]);
    console.log(JSON.stringify({
      files: found.files.map((file) => file.path),
      skipped: found.skipped.map((file) => file.path),
      unreadable: found.unreadable.map((file) => file.path + ' ' + file.code),
      archives: [],
    }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

test('nothing is changed in what is opened', async () => {
  const directory = makeDirectory();
  cpSync(join(FIXTURES, 'documented'), join(directory, 'evidence'), { recursive: true });
  mkdirSync(join(directory, 'evidence/empty'));
  const list = (): string =>
    spawnSync('find', [directory, '-printf', '%p %s %m %T@ %C@\\n'], { encoding: 'utf8' }).stdout;
  const before = list();
  const { files } = await discoverSources([directory]);
  for (const file of files) await readAll(file);
  expect(list()).toBe(before);
  const [file] = files;
  expect(file?.storedBytes).toBe(statSync(file?.location.file ?? '').size);
  expect((await readAll(file!)).content).toEqual(readFileSync(file?.location.file ?? ''));
});
