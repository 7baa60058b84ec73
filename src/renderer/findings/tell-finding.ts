/** A finding in words: its seqs, how many, when and where. One place, so that list and details say the same. */
import type { TFunction } from 'i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { Finding } from '../../contract/finding.ts';
import { type Format, readMicros } from '../ui/format.ts';

/** `seq 103 to 104`; empty where the finding has none. A seq is a name, so its digits are not grouped. */
export function tellSeqs({ firstSeq, lastSeq }: Finding, t: TFunction): string {
  if (firstSeq === undefined) return '';
  return lastSeq === undefined || lastSeq === firstSeq
    ? t('report.seq', { first: String(firstSeq) })
    : t('report.seqs', { first: String(firstSeq), last: String(lastSeq) });
}

/** `at least 3 entries missing` for what lacks entries, a count of entries otherwise; empty where there is none. */
export function tellCount({ kind, count, atLeast, salvaged, cause }: Finding, t: TFunction): string {
  if (kind === 'rewritten') return cause ? t(`screen.findings.became.${cause.code}`, cause.code) : '';
  if (count === undefined) return salvaged ? t('screen.findings.salvaged', { count: salvaged.length }) : '';
  if (kind !== 'gap' && kind !== 'missing-in-copy') return t('n.entry', { count });
  return t(atLeast === true ? 'report.atLeastMissing' : 'report.missing', { count });
}

/** The time or the period, in the chosen zone, without its name; empty where there is none. */
export function tellTimes({ fromTs, toTs }: Finding, format: Format, period = format.period): string {
  const times = [fromTs, toTs].filter((ts) => ts !== undefined).map(readMicros);
  const [from, to] = times.filter((micros) => !Number.isNaN(micros));
  if (from === undefined) return '';
  return to === undefined || to === from ? format.time(from) : period(from, to);
}

/** Where it is: the node, or the file and line. */
export function tellWhere({ node, path, line }: Finding): string {
  if (path !== undefined) return showMarks(line === undefined ? path : `${path}:${line}`);
  return showMarks(node ?? '');
}
