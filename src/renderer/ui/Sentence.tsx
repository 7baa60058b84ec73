/** A statement of a report as a sentence: from the catalogue by its code, else the English text it brought. */
import { useTranslation } from 'react-i18next';
import type { Statement } from '../../contract/finding.ts';
import { useFormat } from './FormatProvider.tsx';
import { type Format, readMicros } from './format.ts';
import { Marked } from './Marked.tsx';

export type StatementGroup = 'verdict' | 'cause' | 'evidence' | 'wouldTell' | 'notVisible' | 'skipped';

interface Props {
  /** The catalogue's group that the code is looked up in. */
  readonly group: StatementGroup;
  readonly statement: Statement;
}

export function Sentence({ group, statement }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const key = `${group}.${statement.code}`;
  // A code that is not one of ours never reaches the catalogue, which reads `$t(` and `.` in a key.
  const isOurs = /^[a-z0-9-]+$/.test(statement.code) && i18n.exists(key, { count: 1 });
  return <Marked text={isOurs ? t(key, showTimes(statement.values, format)) : statement.text} />;
}

/** Shows times in the chosen zone, and says it; figures stay figures, since they choose the plural. */
function showTimes(values: Statement['values'], format: Format): Statement['values'] {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const micros = typeof value === 'string' ? readMicros(value) : Number.NaN;
      return [key, Number.isNaN(micros) ? value : `${format.timeShort(micros)} ${format.zone}`];
    }),
  );
}
