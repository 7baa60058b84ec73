/**
 * Renders findings as CSV (RFC 4180: commas, CRLF), one row each, for a spreadsheet.
 *
 * A byte order mark stands in front: without it Excel reads UTF-8 as the machine's old code page. A log's text must not
 * become a formula, and control characters are shown as marks; the exact values are in the JSON report.
 */
import { stringify } from 'csv-stringify/sync';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { Translate } from '../../catalogue/translate.ts';
import type { DocumentEntry } from '../../contract/document.ts';
import type { Finding, Place } from '../../contract/finding.ts';
import type { Review } from '../../contract/mark.ts';
import type { Report } from '../../contract/report.ts';
import { clipText } from '../base/clip-text.ts';
import { nameSource, tellPlace, tellStatement } from './tell-finding.ts';

type Cell = string | number | undefined;

/** Columns in order. A cell with several values has ` | ` between them. */
const columns: Readonly<
  Record<string, (finding: Finding, translate: Translate, sources: Report['sources']) => Cell>
> = {
  id: (finding) => finding.id,
  kind: (finding) => finding.kind,
  node: (finding) => finding.node,
  firstSeq: (finding) => finding.firstSeq,
  lastSeq: (finding) => finding.lastSeq,
  count: (finding) => finding.count,
  atLeast: (finding) => finding.atLeast?.toString(),
  fromTs: (finding) => finding.fromTs,
  toTs: (finding) => finding.toTs,
  streams: (finding) => finding.streams?.join(SEPARATOR),
  before: (finding) => joinPlaces(finding.before),
  after: (finding) => joinPlaces(finding.after),
  path: (finding) => finding.path,
  line: (finding) => finding.line,
  cause: ({ cause }, translate) => cause && tellStatement(cause, 'cause', translate),
  confidence: (finding) => finding.confidence,
  evidence: ({ evidence }, translate) =>
    evidence.map((statement) => tellStatement(statement, 'evidence', translate)).join(SEPARATOR),
  source: ({ source }, _, sources) => {
    const found = source === undefined ? undefined : sources[source];
    return found && nameSource(found);
  },
};

// Not `;`: where that separates a spreadsheet's columns, what follows it would begin a cell of its own.
const SEPARATOR = ' | ';

/** Spreadsheets hold 32,767 characters in a cell. */
const MAX_CELL = 16_000;

/**
 * Renders the findings of a report, with a header row; a report without findings has that row alone. With reviews each
 * row ends with the reviewer's state and note.
 */
export function renderCsv(report: Report, translate: Translate, reviews?: readonly Review[]): string {
  const byFinding = new Map(reviews?.map((review) => [review.finding, review]));
  const rows = report.findings.map((finding) => {
    const review = byFinding.get(finding.id);
    return [
      ...Object.values(columns).map((read) => read(finding, translate, report.sources)),
      ...(reviews === undefined ? [] : [review?.state ?? 'open', review?.note]),
    ];
  });
  return renderTable([...Object.keys(columns), ...(reviews === undefined ? [] : ['state', 'note'])], rows);
}

/** Columns of entries in order; values as JSON. */
const entryColumns: Readonly<Record<string, (entry: DocumentEntry) => Cell>> = {
  ts: ({ ts }) => ts,
  node: ({ node }) => node,
  seq: ({ seq }) => seq,
  model: ({ model }) => model,
  resId: ({ resId }) => resId,
  action: ({ action }) => action,
  userId: ({ userId }) => userId,
  userLogin: ({ userLogin }) => userLogin,
  path: ({ path }) => path,
  line: ({ line }) => line,
  salvaged: ({ salvaged }) => String(salvaged),
  tags: ({ tags }) => tags.join(SEPARATOR),
  note: ({ note }) => note,
  findings: ({ findings }) => findings.join(SEPARATOR),
  changed: ({ changed }) => changed.join(SEPARATOR),
  oldValues: ({ oldValues }) => writeObject(oldValues),
  newValues: ({ newValues }) => writeObject(newValues),
  extra: ({ extra }) => writeObject(extra),
  sha256: ({ sha256 }) => sha256,
  thread: ({ thread = [] }) =>
    thread.map(({ text, author, writtenAt }) => `${writtenAt} ${author}: ${text}`).join(SEPARATOR),
};

/** Renders chosen entries, one row each; what is masked is empty. */
export function renderEntriesCsv(entries: readonly DocumentEntry[]): string {
  return renderTable(
    Object.keys(entryColumns),
    entries.map((entry) => Object.values(entryColumns).map((read) => read(entry))),
  );
}

/** Values keep the text they were written with, keys that are there twice too. */
function writeObject(values: DocumentEntry['oldValues']): string | undefined {
  return values && `{${values.map(({ key, text }) => `${JSON.stringify(key)}: ${text}`).join(', ')}}`;
}

function renderTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return stringify([head, ...rows.map((row) => row.map(guardCell))], {
    bom: true,
    record_delimiter: 'windows',
    // Puts ' before a cell that begins with = + - @, their full-width forms, a tab or a return.
    escape_formulas: true,
  });
}

/** Renders one row of any values, as safe for a spreadsheet as the findings are. */
export function renderCsvRow(cells: readonly (string | number | null)[]): string {
  return stringify([cells.map((cell) => guardCell(cell ?? undefined))], {
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

/** Guards what `escape_formulas` does not see: blanks before a formula's sign, and a cell cut in two at a `;`. */
function guardCell(value: Cell): string | number {
  if (typeof value !== 'string') return value ?? '';
  return showMarks(clipText(value, MAX_CELL))
    .replace(/^\s+(?=[=+\-@＝＋－＠])/u, "'$&")
    .replace(/;\s*(?=[=+\-@＝＋－＠])/gu, "$&'");
}

function joinPlaces(places: readonly Place[] | undefined): string | undefined {
  return places?.map(tellPlace).join(SEPARATOR);
}
