import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { enApp } from '../../src/catalogue/en-app.ts';
import { enDocument } from '../../src/catalogue/en-document.ts';
import { enReport } from '../../src/catalogue/en-report.ts';
import { enScreens } from '../../src/catalogue/en-screens.ts';
import { enShell } from '../../src/catalogue/en-shell.ts';
import { createTranslate } from '../../src/catalogue/translate.ts';
import { Dialect } from '../../src/contract/entry.ts';
import { Confidence, FindingKind } from '../../src/contract/finding.ts';
import { Verdict } from '../../src/contract/report.ts';
import type {
  EvidenceCode,
  GapCause,
  StreamStart,
  WouldTell,
} from '../../src/engine/analysis/node-analysis.ts';
import type { MalformedReason } from '../../src/engine/batch.ts';
import type { ReadErrorCode, SkipReason } from '../../src/engine/source/open-source.ts';

const translate = createTranslate('en');

/** All sentences, by their full key. */
function listSentences(group: object, prefix = ''): [key: string, sentence: string][] {
  return Object.entries(group).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    typeof value === 'string'
      ? [[prefix + key, value]]
      : typeof value === 'object' && value !== null
        ? listSentences(value, `${prefix}${key}.`)
        : [],
  );
}

const sentences = listSentences(enReport);

test('catalogues share no key: one would hide the other', () => {
  const keys = [enApp, enDocument, enReport, enScreens, enShell].flatMap((catalogue) =>
    Object.keys(catalogue),
  );
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

const malformedReasons: Readonly<Record<MalformedReason, true>> = {
  torn: true,
  glued: true,
  'nul-bytes': true,
  'invalid-utf8': true,
  'not-json': true,
  'not-an-object': true,
  'control-character': true,
  'missing-key': true,
  'bad-ts': true,
  'bad-seq': true,
  'bad-node': true,
  'too-deep': true,
  'too-long': true,
};

const skipReasons: Readonly<Record<SkipReason['code'], true>> = {
  'no-entries': true,
  empty: true,
  'special-file': true,
  'same-file': true,
  'linked-directory': true,
  'broken-link': true,
  'link-in-archive': true,
  'unsupported-format': true,
};

const readErrors: Readonly<Record<ReadErrorCode, true>> = {
  permission: true,
  vanished: true,
  'read-error': true,
  'broken-link': true,
  'damaged-compression': true,
  'truncated-compression': true,
  'trailing-bytes': true,
  'unsupported-compression': true,
  'damaged-archive': true,
  encrypted: true,
  'nested-archive': true,
};

const gapCauses: Readonly<Record<GapCause, true>> = {
  'receiver-down': true,
  'midnight-race': true,
  'missing-file': true,
  'torn-line': true,
  'unreadable-file': true,
  unexplained: true,
};

const evidenceCodes: Readonly<Record<EvidenceCode, true>> = {
  'receiver-down': true,
  'receiver-kernel-drops': true,
  'receiver-sequence-hole': true,
  'receiver-refused': true,
  'day-boundary': true,
  'absent-day': true,
  'malformed-line': true,
  'unreadable-file': true,
  coincides: true,
  'same-seq-streams': true,
  'restart-within': true,
  'fork-base': true,
  'whole-node-silent': true,
  'no-other-sign': true,
};

const wouldTell: Readonly<Record<WouldTell, true>> = {
  'syslog-copy': true,
  'http-copy': true,
  'database-copy': true,
  'earlier-report': true,
  'absent-file': true,
  'unreadable-file': true,
};

const starts: Readonly<Record<StreamStart, true>> = {
  one: true,
  'fork-base': true,
  'log-start': true,
  gap: true,
  unexplained: true,
};

const groups: [group: string, codes: readonly string[]][] = [
  ['kind', FindingKind.options],
  ['kinds', FindingKind.options],
  ['kindSays', FindingKind.options],
  ['verdictName', Verdict.options],
  ['verdictSays', [...Verdict.options, 'intact-open']],
  ['confidence', Confidence.options],
  ['dialect', Dialect.options],
  ['malformed', Object.keys(malformedReasons)],
  ['skipped', Object.keys(skipReasons)],
  ['unreadable', Object.keys(readErrors)],
  ['wouldTell', Object.keys(wouldTell)],
  ['start', Object.keys(starts)],
];

test.each(groups)('%s has words for each code, and for no other', (group, codes) => {
  const keys = sentences.flatMap(([key]) =>
    key.startsWith(`${group}.`) ? [key.slice(group.length + 1)] : [],
  );
  expect(keys.sort()).toEqual([...codes].sort());
});

const withOthers: [group: string, codes: readonly string[]][] = [
  ['cause', [gapCauses, malformedReasons, readErrors].flatMap((codes) => Object.keys(codes))],
  ['evidence', Object.keys(evidenceCodes)],
];

test.each(withOthers)('%s has words for each code', (group, codes) => {
  const keys = sentences.map(([key]) => key.replace(/_(zero|one|other)$/, ''));
  for (const code of codes) expect(keys).toContain(`${group}.${code}`);
});

test('each code that the engine gives a finding has words', () => {
  const folder = resolve(import.meta.dirname, '../../src/engine');
  const groups = ['cause', 'evidence', 'wouldTell', 'malformed', 'unreadable'];
  const keys = new Set(sentences.map(([key]) => key.replace(/_(zero|one|other)$/, '')));
  const codes = globSync(['{analysis,examine,follow,gather}/*.ts'], { cwd: folder }).flatMap((path) =>
    [...readFileSync(resolve(folder, path), 'utf8').matchAll(/\{\s*code: '([a-z-]+)',\s*values/g)].map(
      ([, code]) => code ?? '',
    ),
  );
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !groups.some((group) => keys.has(`${group}.${code}`)))).toEqual([]);
});

test('a plural has both its forms', () => {
  const keys = new Set(sentences.map(([key]) => key));
  for (const key of keys) {
    if (key.endsWith('_zero')) expect(keys).toContain(key.replace(/_zero$/, '_other'));
    if (key.endsWith('_one')) expect(keys).toContain(key.replace(/_one$/, '_other'));
    if (key.endsWith('_other')) expect(keys).toContain(key.replace(/_other$/, '_one'));
  }
});

test.each([1, 2, 12_345])('each sentence is whole, with %d for each figure', (figure) => {
  for (const [key, sentence] of sentences) {
    const names = [...sentence.matchAll(/\{\{(\w+)(, number)?/g)];
    const values = Object.fromEntries(
      names.map(([, name, asNumber]) => [name ?? '', asNumber || isFigure(name) ? figure : `<${name}>`]),
    );
    if (key.endsWith('_zero')) values['count'] = 0;
    const told = translate(key.replace(/_(zero|one|other)$/, ''), { ...values });
    expect(told, key).not.toMatch(/\{\{|\}\}|\$t\(|\bn\.\w+/);
    expect(told, key).not.toBe(key);
    expect(told, key).not.toContain('undefined');
  }
});

function isFigure(name: string | undefined): boolean {
  return [
    ...['count', 'entries', 'streams', 'nodes', 'gaps', 'files', 'missing', 'before', 'after'],
    ...['sources', 'lacking'],
  ].includes(name ?? '');
}

test('a sentence that nests another takes nothing from a log but figures and times', () => {
  for (const [key, sentence] of sentences.filter(([, text]) => text.includes('$t('))) {
    const names = [...sentence.matchAll(/\{\{(\w+)/g)].map(([, name]) => name);
    expect(
      names.filter((name) => !isFigure(name) && !['from', 'to', 'day'].includes(name ?? '')),
      key,
    ).toEqual([]);
  }
});

test('nothing is called tampering', () => {
  for (const [key, sentence] of sentences) expect(sentence, key).not.toMatch(/tamper|fraud|forge|manipulat/i);
});
