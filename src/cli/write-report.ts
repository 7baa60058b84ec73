/** A report to where the person wants it: a terminal, standard output as JSON, an HTML or a CSV file. */
import { writeFileSync } from 'node:fs';
import { escapeMarked } from '../catalogue/show-marks.ts';
import { createTranslate, type Translate } from '../catalogue/translate.ts';
import type { Report, Verdict } from '../contract/report.ts';
import { createFailure } from '../engine/base/failure.ts';
import { refuseInside } from '../engine/base/places.ts';
import { maskReport } from '../engine/report/mask-report.ts';
import { renderCsv } from '../engine/report/render-csv.ts';
import { renderHtml } from '../engine/report/render-html.ts';
import { renderText } from '../engine/report/render-text.ts';

export interface OutputOptions {
  readonly json?: boolean;
  readonly html?: string;
  readonly csv?: string;
  readonly mask?: boolean;
}

const EXIT_CODES: Readonly<Record<Verdict, number>> = { intact: 0, incomplete: 1, contradicted: 1, none: 2 };

/** Refuses output paths inside the evidence before any work is done. */
export function checkOutputs(
  options: Pick<OutputOptions, 'html' | 'csv'> & { readonly pdf?: string },
  evidence: readonly string[],
): void {
  for (const file of [options.html, options.csv, options.pdf])
    if (file !== undefined) refuseInside(file, evidence);
}

/** Writes the report to its files, and tells it. */
export function writeReport(whole: Report, options: OutputOptions): void {
  const translate = createTranslate('en');
  const report = options.mask ? maskReport(whole, translate) : whole;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (options.html !== undefined) {
    writeOutput(options.html, renderHtml(report, translate, { locale: 'en', zone }));
  }
  if (options.csv !== undefined) writeOutput(options.csv, renderCsv(report, translate));
  tellReport(
    report,
    options.json ? `${escapeMarked(JSON.stringify(report, null, 1))}\n` : undefined,
    translate,
  );
}

/** Tells a report on standard output, as `json` where that is given, and sets the exit code by its verdict. */
export function tellReport(report: Report, json: string | undefined, translate: Translate): void {
  const { isTTY, columns } = process.stdout;
  const colour = isTTY === true && !process.env['NO_COLOR'];
  process.stdout.write(json ?? renderText(report, translate, { colour, width: columns ?? 100 }));
  process.exitCode = EXIT_CODES[report.verdict];
}

/** Writes a file. Failure: `output-not-writable`. */
export function writeOutput(file: string, text: string | Uint8Array): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw createFailure('output-not-writable', 'the file cannot be written', { subject: file, cause: error });
  }
}
