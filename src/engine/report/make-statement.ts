/** Makes statements of a report from the codes and figures of the stages before it. */
import type { Translate } from '../../catalogue/translate.ts';
import type { Statement } from '../../contract/finding.ts';
import { formatTs } from '../base/timestamp.ts';

/** Groups of the catalogue that hold sentences of statements. */
export type StatementGroup =
  | 'verdict'
  | 'cause'
  | 'evidence'
  | 'wouldTell'
  | 'notVisible'
  | 'skipped'
  | 'malformed'
  | 'method'
  | 'unreadable';

/** Times in microseconds, by their key in the values. */
const TIMES: readonly string[] = ['ts', 'midnight', 'since', 'until'];

/** The figure that chooses singular or plural, where it is not called `count`. */
const COUNTED: Readonly<Record<string, string>> = {
  'absent-day': 'days',
  'malformed-line': 'lines',
  'receiver-down': 'times',
  'receiver-kernel-drops': 'messages',
  'receiver-sequence-hole': 'messages',
  'receiver-refused': 'messages',
};

/**
 * Makes a statement with its English text. Microseconds become what a person and a program can read without us: a time
 * (`ts`, `midnight`) ISO 8601 text, a span (`beforeMicros`) seconds (`beforeSeconds`).
 */
export function makeStatement(
  group: StatementGroup,
  { code, values }: Omit<Statement, 'text'>,
  translate: Translate,
): Statement {
  const figures: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(values)) {
    if (typeof value !== 'number') figures[key] = value;
    else if (TIMES.includes(key)) figures[key] = formatTs(value);
    else if (key.endsWith('Micros')) figures[key.replace(/Micros$/, 'Seconds')] = value / 1_000_000;
    else figures[key] = value;
  }
  const counted = COUNTED[code];
  const count = counted === undefined ? undefined : figures[counted];
  if (count !== undefined) figures['count'] = count;
  return { code, values: figures, text: translate(`${group}.${code}`, figures) };
}
