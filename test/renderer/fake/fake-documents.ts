/** Composed documents of the fixture: the real renderer over the fake report. */
import { createTranslate } from '../../../src/catalogue/translate.ts';
import type { Calls } from '../../../src/contract/api.ts';
import type { DocumentChoice } from '../../../src/contract/document.ts';
import type { Review } from '../../../src/contract/mark.ts';
import type { Report } from '../../../src/contract/report.ts';
import { renderHtml } from '../../../src/engine/report/render-html.ts';

type Names = 'document.stock' | 'document.keep' | 'document.preview' | 'document.save';
type Handlers = { [N in Names]: (input: Calls[N]['input']) => Calls[N]['output'] };

export function tellFakeDocuments(report: Report, reviews: () => Review[]): Handlers {
  let choice: DocumentChoice = {
    caseName: 'Case 2024/17',
    examiner: 'A. Okafor',
    parts: ['verdict', 'coverage', 'findings', 'entries', 'method', 'limits', 'hashes'],
    entriesOf: ['marks'],
    tags: [],
    mask: false,
  };
  return {
    'document.stock': () => ({
      choice,
      findings: report.findings.length,
      reviewed: reviews().length,
      marked: 3,
      named: 8,
      tags: [
        { value: 'payments', count: 2 },
        { value: 'night', count: 1 },
      ],
      pdf: true,
    }),
    'document.keep': (input) => {
      choice = input.choice;
      return {};
    },
    'document.preview': ({ choice: { caseName: name, examiner, ...parts }, ...look }) => ({
      html: renderHtml({ ...report, case: { name, examiner } }, createTranslate(look.locale), look, {
        choice: { caseName: name, examiner, ...parts },
        reviews: reviews(),
        entries: [],
        entriesLeftOut: 0,
      }),
    }),
    'document.save': () => ({ file: '/home/auditor/Case-2024-17.pdf', download: null }),
  };
}
