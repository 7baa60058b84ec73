import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { type Discovery, discoverSources, planReading } from '../../../src/engine/source/open-source.ts';
import {
  makeDirectory,
  makeLines,
  makeNoise,
  makeZip,
  readAll,
  tellDiscovery,
  type ZipEntry,
} from './make-files.ts';

type TarEntry =
  | readonly [name: string, data: Uint8Array | string]
  | { name: string; type: 'symlink' | 'link' };

async function makeTar(entries: readonly TarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const entry of entries) {
    if ('type' in entry) tar.entry({ ...entry, linkname: 'audit.jsonl' });
    else tar.entry({ name: entry[0] }, typeof entry[1] === 'string' ? entry[1] : Buffer.from(entry[1]));
  }
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar) parts.push(Buffer.from(part as Buffer));
  return Buffer.concat(parts);
}

async function discoverArchive(name: string, bytes: Uint8Array): Promise<Discovery> {
  return await discoverSources([makeDirectory({ [name]: bytes })]);
}

async function readTexts(found: Discovery): Promise<string[]> {
  const texts: string[] = [];
  for (const file of found.files) texts.push((await readAll(file)).content.toString());
  return texts;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const FIRST = makeLines(400);
const SECOND = makeLines(300, 401);
const XZ = readFileSync(new URL('../../fixtures/compressed/lines.xz', import.meta.url));
const BZIP2 = readFileSync(new URL('../../fixtures/compressed/lines.bz2', import.meta.url));

const MEMBERS: readonly (readonly [string, Uint8Array | string])[] = [
  ['logs/audit-2024-01-16.jsonl', SECOND],
  ['logs/README', 'not a log'],
  ['logs/audit-2024-01-15.jsonl.gz', gzipSync(FIRST)],
  ['logs/empty/', ''],
  ['other.dat', FIRST],
];

describe.each([
  ['logs.zip', async () => makeZip(MEMBERS.map(([name, data]) => ({ name, data: Buffer.from(data) })))],
  ['logs.tar', async () => await makeTar(MEMBERS)],
  ['logs.tgz', async () => gzipSync(await makeTar(MEMBERS))],
  ['logs.tar.zst', async () => Buffer.from(zstdCompressSync(await makeTar(MEMBERS)))],
  ['audit-2024-01-15.jsonl.tar.gz', async () => gzipSync(await makeTar(MEMBERS))],
  ['extension-lies.log', async () => gzipSync(await makeTar(MEMBERS))],
] as const)('%s', (name, make) => {
  test('members are listed, hashed and read where they lie', async () => {
    const bytes = await make();
    const found = await discoverArchive(name, bytes);
    expect(tellDiscovery(found)).toEqual({
      files: [
        `${name}/logs/audit-2024-01-15.jsonl.gz gzip`,
        `${name}/logs/audit-2024-01-16.jsonl`,
        `${name}/other.dat`,
      ],
      skipped: [`${name}/logs/README no-entries`],
      unreadable: [],
      archives: [`${name} 4`],
    });
    expect(found.archives[0]).toMatchObject({ bytes: bytes.length, sha256: sha256(bytes) });
    expect(await readTexts(found)).toEqual([FIRST, SECOND, FIRST]);
    const { reading } = await readAll(found.files[0]!);
    expect(reading).toMatchObject({
      sha256: sha256(gzipSync(FIRST)),
      contentSha256: sha256(Buffer.from(FIRST)),
    });
    // In any order, several at once.
    const again = await Promise.all(
      [...found.files].reverse().map(async (file) => (await readAll(file)).content),
    );
    expect(again.map(String)).toEqual([FIRST, SECOND, FIRST]);
  });

  test('cut off: what is there is read, the rest is told', async () => {
    const bytes = await make();
    const found = await discoverArchive(name, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    expect(found.unreadable.length).toBeGreaterThan(0);
    for (const file of found.files) {
      const { content, reading } = await readAll(file);
      if (!reading.error) expect([FIRST, SECOND]).toContain(content.toString());
    }
  });
});

test('members of a compressed tar are read by one thread, in the archive’s order', async () => {
  const directory = makeDirectory({
    'logs.tgz': gzipSync(await makeTar(MEMBERS)),
    'audit.jsonl': makeLines(5),
    'audit.jsonl.1': makeLines(50_000, 10),
  });
  const { files } = await discoverSources([directory]);
  const plan = planReading(files).map((group) => group.map((file) => file.path));
  expect(plan).toEqual([
    ['audit.jsonl.1'],
    ['logs.tgz/logs/audit-2024-01-16.jsonl', 'logs.tgz/logs/audit-2024-01-15.jsonl.gz', 'logs.tgz/other.dat'],
    ['audit.jsonl'],
  ]);
});

describe('tar', () => {
  test('names: long, leading outside, twice, links', async () => {
    const long = `${'d'.repeat(90)}/${'e'.repeat(90)}/李小龙/audit.jsonl`;
    const tar = await makeTar([
      [long, makeLines(1)],
      ['../../etc/./audit.jsonl', makeLines(1, 2)],
      ['/abs/audit.jsonl', makeLines(1, 3)],
      ['/abs/audit.jsonl', makeLines(1, 4)],
      { name: 'audit.jsonl.1', type: 'symlink' },
      { name: 'audit.jsonl.2', type: 'link' },
    ]);
    const found = await discoverArchive('t.tar', tar);
    expect(tellDiscovery(found)).toMatchObject({
      files: ['t.tar/abs/audit.jsonl', 't.tar/abs/audit.jsonl#2', `t.tar/${long}`, 't.tar/etc/audit.jsonl'],
      skipped: [
        't.tar/audit.jsonl.1 link-in-archive audit.jsonl',
        't.tar/audit.jsonl.2 link-in-archive audit.jsonl',
      ],
      unreadable: [],
    });
    expect(await readTexts(found)).toEqual([makeLines(1, 3), makeLines(1, 4), makeLines(1), makeLines(1, 2)]);
  });

  test('a wrecked header is told, and what follows it is found', async () => {
    const tar = await makeTar([
      ['audit.jsonl', makeLines(1)],
      ['audit.jsonl.1', makeLines(2, 2)],
      ['audit.jsonl.2', makeLines(1, 9)],
    ]);
    tar[1024]! ^= 1;
    const found = await discoverArchive('t.tar', tar);
    expect(found.files.map((file) => file.path)).toEqual(['t.tar/audit.jsonl', 't.tar/audit.jsonl.2']);
    expect(found.unreadable).toMatchObject([{ path: 't.tar', code: 'damaged-archive' }]);
  });

  test('an archive in an archive: tar is gone through, zip is told', async () => {
    const inner = await makeTar([
      ['audit.jsonl.xz', XZ],
      ['audit.jsonl.1.bz2', BZIP2],
    ]);
    const outer = await makeTar([
      ['inner.tgz', gzipSync(inner)],
      ['inner.zip', makeZip([{ name: 'audit.jsonl', data: Buffer.from('x') }])],
    ]);
    const found = await discoverArchive('outer.tar.gz', gzipSync(outer));
    expect(tellDiscovery(found)).toMatchObject({
      files: ['outer.tar.gz/inner.tgz/audit.jsonl.1.bz2 bzip2', 'outer.tar.gz/inner.tgz/audit.jsonl.xz xz'],
      unreadable: ['outer.tar.gz/inner.zip nested-archive'],
      archives: ['outer.tar.gz 2', 'outer.tar.gz/inner.tgz 2'],
    });
    expect(await readTexts(found)).toEqual([makeLines(2000), makeLines(2000)]);
  });

  test('bombs in bombs end', async () => {
    let bytes = await makeTar([['audit.jsonl', makeLines(1)]]);
    for (let depth = 0; depth < 6; depth++) bytes = await makeTar([['again.tgz', gzipSync(bytes)]]);
    const found = await discoverArchive('t.tar', bytes);
    expect(found.unreadable).toMatchObject([{ code: 'nested-archive' }]);
  });
});

describe('zip', () => {
  const data = Buffer.from(FIRST);
  const zip = (entry: Partial<ZipEntry>): Buffer =>
    makeZip([
      { name: 'audit.jsonl', data: Buffer.from(SECOND) },
      { name: 'audit.jsonl.1', data, ...entry },
    ]);

  test.each<[string, Partial<ZipEntry>, string]>([
    ['encrypted', { flags: 1 }, 'z.zip/audit.jsonl.1 encrypted'],
    ['an unknown method', { method: 98 }, 'z.zip/audit.jsonl.1 unsupported-compression'],
  ])('%s is unreadable, the others are read', async (_, entry, expected) => {
    const found = await discoverArchive('z.zip', zip(entry));
    expect(tellDiscovery(found)).toMatchObject({ files: ['z.zip/audit.jsonl'], unreadable: [expected] });
    expect(await readTexts(found)).toEqual([SECOND]);
  });

  test.each<[string, Partial<ZipEntry>]>([
    ['stored', { method: 0 }],
    ['bzip2', { method: 12, stored: BZIP2, data: Buffer.from(makeLines(2000)) }],
    ['zstd', { method: 93, stored: zstdCompressSync(data) }],
    ['xz', { method: 95, stored: XZ, data: Buffer.from(makeLines(2000)) }],
    ['a name that leads outside', { name: '..\\..\\C:\\audit.jsonl.1' }],
  ])('%s is read', async (_, entry) => {
    const found = await discoverArchive('z.zip', zip(entry));
    const second = found.files.find((file) => file.path.endsWith('.1'))!;
    const { content, reading } = await readAll(second);
    expect(reading.error).toBeUndefined();
    expect(content.equals(Buffer.from(entry.data ?? data))).toBe(true);
  });

  test.each<[string, (bytes: Buffer) => void]>([
    ['a flipped byte in a member', (bytes) => (bytes[bytes.indexOf('audit.jsonl.1') + 200]! ^= 0x40)],
    [
      'a member that is not where the directory says',
      (bytes) => bytes.fill(0, bytes.indexOf('audit.jsonl.1') - 30, bytes.indexOf('audit.jsonl.1') - 26),
    ],
  ])('%s is told by the member', async (_, damage) => {
    const bytes = zip({});
    damage(bytes);
    const found = await discoverArchive('z.zip', bytes);
    expect(found.files.map((file) => file.path)).toEqual(['z.zip/audit.jsonl', 'z.zip/audit.jsonl.1']);
    const readings = await Promise.all(found.files.map(async (file) => (await readAll(file)).reading));
    expect(readings.map((reading) => reading.error?.code).filter((code) => code !== undefined)).toHaveLength(
      1,
    );
  });

  test('a size that is not true is told', async () => {
    const found = await discoverArchive('z.zip', zip({ claimedBytes: 2 ** 32 - 2 }));
    const { content, reading } = await readAll(found.files[1]!);
    expect(content.toString()).toBe(FIRST);
    expect(reading.error?.code).toBe('damaged-archive');
  });

  test('no zip although it looks like one: unreadable, or a wrecked log', async () => {
    const wrecked = Buffer.concat([Buffer.from('PK\x03\x04'), makeNoise(3000)]);
    const found = await discoverSources([
      makeDirectory({ 'z.zip': wrecked, 'audit.jsonl': wrecked, 'a.docx': wrecked }),
    ]);
    expect(tellDiscovery(found)).toMatchObject({
      files: ['audit.jsonl'],
      skipped: ['a.docx no-entries'],
      unreadable: ['z.zip damaged-archive'],
    });
    expect((await readAll(found.files[0]!)).content.equals(wrecked)).toBe(true);
  });

  test('an empty archive is an archive', async () => {
    expect(tellDiscovery(await discoverArchive('z.zip', makeZip([])))).toMatchObject({
      archives: ['z.zip 0'],
    });
  });
});

test('an archive that is opened by itself gives its members the same paths', async () => {
  const directory = makeDirectory({
    'logs.zip': makeZip([{ name: 'audit.jsonl', data: Buffer.from(FIRST) }]),
  });
  const found = await discoverSources([join(directory, 'logs.zip')]);
  expect(found.files.map((file) => file.path)).toEqual(['logs.zip/audit.jsonl']);
});
