/** Composes a document of a check: the report with the case's name, the reviewer's words, and the chosen entries. */
import type { Translate } from '../../catalogue/translate.ts';
import {
  type Document,
  DocumentChoice,
  type DocumentEntry,
  type DocumentPart,
  type DocumentStock,
} from '../../contract/document.ts';
import type { EntryDetail, EntryRow } from '../../contract/entry.ts';
import type { Place } from '../../contract/finding.ts';
import type { Review } from '../../contract/mark.ts';
import type { Report } from '../../contract/report.ts';
import { isMasked, maskReport } from '../report/mask-report.ts';
import type { Store } from '../store/open-store.ts';

/** A document of more entries would be read by nobody; it says how many it leaves out. */
const MAX_ENTRIES = 2000;

/** What a document is made of. */
export interface DocumentSource {
  readonly store: Pick<Store, 'entries' | 'marks'>;
  readonly report: Report;
  readonly reviews: readonly Review[];
  readDetail(id: string): EntryDetail | undefined;
}

/** A document, and the whole report behind it: charts and tables take what they need of it. */
export interface Composition {
  readonly document: Document;
  readonly report: Report;
}

export const DEFAULT_CHOICE: DocumentChoice = {
  caseName: '',
  examiner: '',
  parts: ['verdict', 'coverage', 'findings', 'method', 'limits', 'hashes'],
  entriesOf: ['marks'],
  tags: [],
  mask: false,
};

/** What each part takes of the report; the rest is in every document. */
const keysOf: Readonly<Record<DocumentPart, readonly (keyof Report)[]>> = {
  verdict: ['verdict', 'statement', 'requested', 'found', 'totals', 'compared'],
  coverage: ['nodes', 'coverage', 'streams'],
  findings: ['findings'],
  entries: [],
  method: [],
  limits: ['notVisible'],
  hashes: ['files', 'archives', 'skipped'],
};

/** The kept choice; one that another version kept with other keys is none. */
export function readChoice(json: string | undefined): DocumentChoice {
  if (json === undefined) return DEFAULT_CHOICE;
  const read = DocumentChoice.safeParse(JSON.parse(json));
  return read.success ? read.data : DEFAULT_CHOICE;
}

/** Counts what there is to choose from. */
export function countStock(
  { store, report, reviews }: DocumentSource,
  choice: DocumentChoice,
): Omit<DocumentStock, 'pdf'> {
  const tags = new Map<string, number>();
  const marks = store.marks.list();
  for (const { mark } of marks) for (const tag of mark.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1);
  return {
    choice,
    findings: report.findings.length,
    reviewed: reviews.length,
    marked: marks.length,
    named: listNamed(report).size,
    tags: [...tags]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || compare(a.value, b.value)),
  };
}

/** Composes a document. */
export function composeDocument(
  source: DocumentSource,
  choice: DocumentChoice,
  translate: Translate,
): Composition {
  const report = nameCase(choice.mask ? maskReport(source.report, translate) : source.report, choice);
  const parts = new Set(choice.parts);
  const { entries, leftOut } = parts.has('entries') ? chooseEntries(source, choice) : NO_ENTRIES;
  const keys = new Set<string>(choice.parts.flatMap((part) => keysOf[part]));
  const told = Object.entries(report).filter(
    ([key]) => keys.has(key) || ['format', 'made', 'case', 'sources'].includes(key),
  );
  return {
    report,
    document: {
      format: 'unbroken.document/1',
      choice,
      report: Object.fromEntries(told) as Document['report'],
      reviews: parts.has('findings') ? [...source.reviews].sort((a, b) => compare(a.finding, b.finding)) : [],
      entries: isMasked(report) ? entries.map(maskEntry) : entries,
      entriesLeftOut: leftOut,
    },
  };
}

const NO_ENTRIES: { readonly entries: DocumentEntry[]; readonly leftOut: number } = {
  entries: [],
  leftOut: 0,
};

function nameCase(report: Report, { caseName, examiner }: DocumentChoice): Report {
  const named = {
    ...(caseName === '' ? {} : { name: caseName }),
    ...(examiner === '' ? {} : { examiner }),
  };
  return caseName === '' && examiner === '' ? report : { ...report, case: named };
}

function chooseEntries(
  { store, report, readDetail }: DocumentSource,
  { entriesOf, tags }: DocumentChoice,
): { entries: DocumentEntry[]; leftOut: number } {
  const named = listNamed(report);
  const rows = new Map<string, EntryRow>();
  let leftOut = 0;
  if (entriesOf.includes('marks')) {
    for (const { stored, row } of store.entries.listMarked()) {
      if (tags.length > 0 && !stored.mark.tags.some((tag) => tags.includes(tag))) continue;
      // Its file was taken away or written anew since: there is a mark, and no entry.
      if (row === undefined) leftOut++;
      else rows.set(row.id, row);
    }
  }
  if (entriesOf.includes('findings')) {
    for (const { path, line } of named.values()) {
      if (rows.size >= MAX_ENTRIES) leftOut++;
      else for (const row of store.entries.at(path, line)?.rows ?? []) rows.set(row.id, row);
    }
  }
  const sorted = [...rows.values()].sort(
    (a, b) =>
      a.tsMicros - b.tsMicros ||
      compare(a.node, b.node) ||
      a.seq - b.seq ||
      compare(a.path, b.path) ||
      a.line - b.line,
  );
  const records = new Set<string>();
  const entries = sorted.slice(0, MAX_ENTRIES).flatMap((row): DocumentEntry[] => {
    const detail = readDetail(row.id);
    if (!detail) return [];
    const record = `${row.model},${row.resId}`;
    const notes = records.has(record) ? [] : store.marks.listNotes(row).reverse();
    records.add(record);
    const thread = notes.map(({ text, author, writtenAt }) => ({ text, author, writtenAt }));
    const described = describeEntry(detail, named.get(keyOf(row))?.findings ?? []);
    return [thread.length === 0 ? described : { ...described, thread }];
  });
  return { entries, leftOut: leftOut + sorted.length - entries.length };
}

interface NamedLine extends Pick<Place, 'path' | 'line'> {
  readonly findings: string[];
}

/** Lines that findings name, each once with its findings. */
function listNamed({ findings }: Report): Map<string, NamedLine> {
  const named = new Map<string, NamedLine>();
  for (const { id, before = [], after = [] } of findings) {
    for (const { path, line } of [...before, ...after]) {
      const known = named.get(keyOf({ path, line }));
      if (!known) named.set(keyOf({ path, line }), { path, line, findings: [id] });
      else if (!known.findings.includes(id)) known.findings.push(id);
    }
  }
  return named;
}

function keyOf({ path, line }: Pick<Place, 'path' | 'line'>): string {
  return `${line}:${path}`;
}

function describeEntry(
  { row, oldValues, newValues, extra, sha256 }: EntryDetail,
  findings: string[],
): DocumentEntry {
  const { ts, node, seq, model, action, path, line, resId, userId, userLogin, salvaged, mark } = row;
  const place = { ts, node, seq, model, action, path, line, resId, userId, userLogin, salvaged };
  const before = new Map(oldValues.map(({ key, text }) => [key, text]));
  const after = new Map(newValues.map(({ key, text }) => [key, text]));
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return {
    ...place,
    tags: mark?.tags ?? [],
    note: mark?.note ?? '',
    findings,
    changed: keys.filter((key) => before.get(key) !== after.get(key)),
    ...{ oldValues, newValues, extra, sha256 },
  };
}

/** Keeps where, when and what kind of change it was; of the values the names of those that changed. */
function maskEntry({
  resId: _resId,
  userId: _userId,
  userLogin: _userLogin,
  oldValues: _oldValues,
  newValues: _newValues,
  extra: _extra,
  sha256: _sha256,
  ...kept
}: DocumentEntry): DocumentEntry {
  return kept;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
