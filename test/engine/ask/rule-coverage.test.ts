import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { coverAction } from '../../../src/engine/ask/rule-coverage.ts';
import { openEngine } from '../../../src/engine/engine.ts';

const extent = { fromMicros: 0, toMicros: 100 };
const on = { log: { write: true } };
const off = { log: { write: false } };

/** `state from-to`, a span each. */
function cover(
  changes: Parameters<typeof coverAction>[0],
  gaps: Parameters<typeof coverAction>[3] = [],
  action = 'write',
): string[] {
  return coverAction(changes, action, extent, gaps).map(
    ({ state, fromMicros, toMicros, why }) => `${why ?? state} ${fromMicros}-${toMicros}`,
  );
}

describe('an action of a model', () => {
  test('of which the log reports no rule is unknown', () => {
    expect(cover([])).toEqual(['not-told 0-100']);
  });

  test('is audited from when its rule was made, and no longer than it was there', () => {
    expect(
      cover([
        { tsMicros: 20, before: null, after: on },
        { tsMicros: 60, before: on, after: null },
      ]),
    ).toEqual(['not-audited 0-20', 'audited 20-60', 'not-audited 60-100']);
  });

  test('is unknown between changes that do not fit each other', () => {
    expect(
      cover([
        { tsMicros: 20, before: on, after: off },
        { tsMicros: 60, before: on, after: off },
      ]),
    ).toEqual(['audited 0-20', 'contradicted 20-60', 'not-audited 60-100']);
  });

  test('is told for the time asked for, by changes beside it too', () => {
    expect(
      cover([
        { tsMicros: -50, before: null, after: on },
        { tsMicros: 150, before: on, after: null },
      ]),
    ).toEqual(['audited 0-100']);
  });

  test('is not audited while its rule is inactive', () => {
    expect(cover([{ tsMicros: 20, before: on, after: { ...on, active: false } }])).toEqual([
      'audited 0-20',
      'not-audited 20-100',
    ]);
  });

  test('is unknown where entries are missing', () => {
    expect(
      cover(
        [{ tsMicros: 20, before: null, after: on }],
        [
          { fromMicros: 10, toMicros: 30 },
          { fromMicros: 90, toMicros: 200 },
        ],
      ),
    ).toEqual(['not-audited 0-10', 'gap 10-30', 'audited 30-90', 'gap 90-100']);
  });

  test('is unknown from a change that could not be read to the next that tells', () => {
    const created = { tsMicros: 20, before: null, after: on };
    expect(cover([created, { tsMicros: 40 }])).toEqual([
      'not-audited 0-20',
      'audited 20-40',
      'unread 40-100',
    ]);
    expect(cover([created, { tsMicros: 40 }, { tsMicros: 60, before: off, after: on }])).toEqual([
      'not-audited 0-20',
      'audited 20-40',
      'not-audited 40-60',
      'audited 60-100',
    ]);
    expect(cover([{ tsMicros: 40 }])).toEqual(['unread 0-100']);
  });

  test('that a rule does not tell of is unknown, as is one that no rule has a flag for', () => {
    const changes = [{ tsMicros: 20, before: on, after: off }];
    expect(cover(changes, [], 'enroll')).toEqual(['not-told 0-100']);
    expect(cover([{ tsMicros: 20, before: on, after: null }], [], 'recompute')).toEqual(['not-told 0-100']);
  });
});

test('the genuine days: rules are known from their creation, and entries without a rule are counted', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-coverage-'));
  const days = join(import.meta.dirname, '..', '..', 'fixtures', 'days', 'audit');
  const engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [days] });
  try {
    await engine.importPaths([days], { signal: new AbortController().signal });
    const { models } = engine.ruleCoverage();
    const cycle = models.find(({ model }) => model === 'spp.cycle');
    expect(cycle?.changes).toHaveLength(14);
    const [create, write] = cycle?.actions ?? [];
    expect(create).toMatchObject({ action: 'create', unexplained: 0 });
    expect(create?.spans.map(({ state }) => state)).toEqual(['not-audited', 'audited']);
    // The module told of a rule as changed whose transaction was rolled back: the next change shows it as it was.
    expect(write?.spans.some(({ why }) => why === 'contradicted')).toBe(true);
    expect(
      models.flatMap(({ actions }) => actions.map(({ entries }) => entries)).reduce((a, b) => a + b),
    ).toBe(1143 - 18);
  } finally {
    await engine.close();
    rmSync(directory, { recursive: true });
  }
});
