/** Renders a composed document in the format that is wanted; PDF is the HTML, printed by whoever can. */
import { escapeMarked } from '../../catalogue/show-marks.ts';
import type { Translate } from '../../catalogue/translate.ts';
import type { Document, DocumentFormat } from '../../contract/document.ts';
import type { Report } from '../../contract/report.ts';
import { renderCsv, renderEntriesCsv } from './render-csv.ts';
import { type HtmlOptions, renderHtml } from './render-html.ts';

/** `report`: the whole one behind the document, masked where the document is. */
export function renderDocument(
  { document, report }: { readonly document: Document; readonly report: Report },
  format: DocumentFormat,
  translate: Translate,
  options: HtmlOptions,
): string {
  switch (format) {
    case 'html':
    case 'pdf':
      return renderHtml(report, translate, options, document);
    case 'json':
      return `${escapeMarked(JSON.stringify(document, null, 1))}\n`;
    case 'csv':
      return renderCsv({ ...report, findings: document.report.findings ?? [] }, translate, document.reviews);
    case 'entries-csv':
      return renderEntriesCsv(document.entries);
  }
}
