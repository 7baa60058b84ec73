import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Finding } from '../../../src/contract/finding.ts';
import { Report } from '../../../src/contract/report.ts';

const description = readFileSync(new URL('../../../resources/report-1.md', import.meta.url), 'utf8');

/** Keys in the first column of the tables below a heading. */
function listDescribed(section: string): string[] {
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, key]) => key ?? ''),
  );
}

test('the description of the JSON report names every key, and no other', () => {
  const [top = '', findings = ''] = description.split('## Findings');
  expect(listDescribed(top).sort()).toEqual(Object.keys(Report.shape).sort());
  expect([...new Set(listDescribed(findings))].sort()).toEqual(Object.keys(Finding.shape).sort());
});
