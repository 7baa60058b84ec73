import { createTranslate } from '../catalogue/translate.ts';
import { type DocumentChoice, DocumentPart, EntryOrigin } from '../contract/document.ts';
import { createFailure } from '../engine/base/failure.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { renderDocument } from '../engine/report/render-document.ts';
import { settlePdfDates } from '../host/documents/settle-pdf-dates.ts';
import { bringUpToDate, type WorkspaceOptions } from './bring-up-to-date.ts';
import { checkOutputs, type OutputOptions, tellReport, writeOutput, writeReport } from './write-report.ts';

interface ReportOptions extends OutputOptions, WorkspaceOptions {
  readonly pdf?: string;
  readonly parts?: string;
  readonly entries?: string;
  readonly tag?: string[];
  readonly case?: string;
  readonly examiner?: string;
}

/** `unbroken report`: the last check of a workspace, told again; with a choice, as a composed document. */
export async function runReport(options: ReportOptions): Promise<void> {
  const workspace = await bringUpToDate(options);
  const engine = openEngine({ workspace, evidence: [] });
  try {
    checkOutputs(options, engine.sources());
    const report = engine.report();
    if (!report)
      throw createFailure('nothing-to-check', 'the workspace holds no finished check', {
        subject: workspace,
      });
    const { pdf, parts, entries, tag, case: caseName, examiner } = options;
    const isComposed = [pdf, parts, entries, tag, caseName, examiner].some((option) => option !== undefined);
    if (isComposed) await writeDocument(engine, options);
    else writeReport(report, options);
  } finally {
    await engine.close();
  }
}

async function writeDocument(engine: Engine, options: ReportOptions): Promise<void> {
  const translate = createTranslate('en');
  const look = { locale: 'en', zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  const composition = engine.composeDocument(readChoice(engine, options), translate);
  const render = (format: 'html' | 'json' | 'csv'): string =>
    renderDocument(composition, format, translate, look);
  const { html, csv, pdf } = options;
  if (html !== undefined) writeOutput(html, render('html'));
  if (csv !== undefined) writeOutput(csv, render('csv'));
  if (pdf !== undefined) {
    // What prints is needed for this alone.
    const { printOnMachine } = await import('../host/documents/print-with-browser.ts');
    writeOutput(pdf, settlePdfDates(await printOnMachine(render('html')), composition.report.made.at));
  }
  tellReport(composition.report, options.json ? render('json') : undefined, translate);
}

/** What is not given is as it was kept in the workspace (the case), or as a document usually is (the rest). */
function readChoice(engine: Engine, options: ReportOptions): DocumentChoice {
  const { choice: kept } = engine.documentStock();
  const entriesOf = readList(options.entries, EntryOrigin.options, '--entries') ?? [];
  const usual = DocumentPart.options.filter((part) => part !== 'entries' || options.entries !== undefined);
  return {
    caseName: options.case ?? kept.caseName,
    examiner: options.examiner ?? kept.examiner,
    parts: readList(options.parts, DocumentPart.options, '--parts') ?? usual,
    entriesOf: entriesOf.length === 0 ? ['marks'] : entriesOf,
    tags: options.tag ?? [],
    mask: options.mask === true,
  };
}

/** Words with commas between them. Failure: `bad-request` for one that is not among those there are. */
function readList<T extends string>(
  text: string | undefined,
  known: readonly T[],
  option: string,
): T[] | undefined {
  if (text === undefined) return undefined;
  const words = text.split(',').map((word) => word.trim());
  const strange = words.find((word) => !known.includes(word as T));
  if (strange === undefined) return known.filter((word) => words.includes(word));
  throw createFailure('bad-request', `${option} takes ${known.join(', ')}`, { subject: strange });
}
