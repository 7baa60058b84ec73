/** Streams of the report as a person tells them apart: node, seqs, and when each begins. */
import type { TFunction } from 'i18next';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../contract/report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { type Format, readMicros } from '../ui/format.ts';
import { Marked } from '../ui/Marked.tsx';
import { useReport } from './use-report.ts';

/** The id itself where the report has no such stream; words where an entry is in none that is known. */
function listParts({ streams }: Report, id: string, t: TFunction, format: Format): string[] {
  if (id === '') return [t('screen.around.stream.none')];
  const stream = streams.find((candidate) => candidate.id === id);
  if (!stream) return [id];
  const { node, firstSeq, lastSeq, firstTs } = stream;
  const micros = readMicros(firstTs);
  return [
    node,
    t('screen.around.stream.seqs', { first: String(firstSeq), last: String(lastSeq) }),
    Number.isNaN(micros) ? firstTs : format.timeShort(micros),
  ];
}

/** For what takes no markup. */
export function nameStream(report: Report, id: string, t: TFunction, format: Format): string {
  return listParts(report, id, t, format).join(' · ');
}

/** Each part is isolated: in Arabic they would get mixed up. */
export function StreamText({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { report } = useReport();
  return listParts(report, id, t, format).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
    <Fragment key={index}>
      {index > 0 && ' · '}
      <Marked text={part} />
    </Fragment>
  ));
}
