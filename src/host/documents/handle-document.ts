/** Calls about composed documents: what there is to choose, the preview, and a file where the person wants it. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { loadCatalogue, translateBy } from '../../catalogue/translate.ts';
import type { Calls } from '../../contract/api.ts';
import type { DocumentChoice, DocumentFormat } from '../../contract/document.ts';
import { createFailure } from '../../engine/base/failure.ts';
import { refuseInside } from '../../engine/base/places.ts';
import type { Engine } from '../../engine/engine.ts';
import { renderDocument } from '../../engine/report/render-document.ts';
import type { HtmlOptions } from '../../engine/report/render-html.ts';
import type { Handlers } from '../handlers.ts';
import type { DocumentChoices } from './keep-documents.ts';
import { findBrowser, printOnMachine } from './print-with-browser.ts';
import { settlePdfDates } from './settle-pdf-dates.ts';

type Names = 'document.stock' | 'document.keep' | 'document.preview' | 'document.save';

/** A document on its way to the browser that asked for it. */
export interface Download {
  readonly name: string;
  readonly type: string;
  /** All at once, or in pieces that are made as they are fetched. */
  readonly content: Buffer | AsyncIterable<Buffer>;
}

/** What a desktop has for documents; a browser has neither. */
export interface DocumentShell {
  /** Lets the person choose where to; undefined where they cancel. */
  readonly chooseTarget: (name: string) => Promise<string | undefined>;
  readonly printPdf: (html: string) => Promise<Uint8Array>;
}

export interface DocumentCalls {
  readonly handlers: Pick<Handlers, Names>;
  /** Keeps it for whoever fetches it, and says from where. */
  keepDownload(download: Download): string;
  /**
   * Writes what `make` gives where the person chooses, or keeps it to be fetched; neither where they cancel. Failures:
   * `output-inside-evidence`, `output-not-writable`.
   */
  saveFile(
    file: Omit<Download, 'content'>,
    evidence: readonly string[],
    make: () => Buffer | Promise<Buffer>,
  ): Promise<Calls['document.save']['output']>;
  /** Gives a download once. */
  takeDownload(id: string): Download | undefined;
}

const types: Readonly<Record<DocumentFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  'entries-csv': 'text/csv; charset=utf-8',
};

const endings: Readonly<Record<DocumentFormat, string>> = {
  html: '.html',
  pdf: '.pdf',
  json: '.json',
  csv: '-findings.csv',
  'entries-csv': '-entries.csv',
};

/** Those that nobody fetched are forgotten, the oldest first. */
const MAX_DOWNLOADS = 8;

/**
 * `find` gives the engine of an open workspace, or fails. A choice is kept in the workspace, or, where several people have
 * one open, with each of them.
 */
export function createDocumentHandlers(
  find: (workspace: string) => Engine,
  shell: DocumentShell | undefined,
  own: { readonly choices: DocumentChoices; findFile(workspace: string): string } | undefined,
): DocumentCalls {
  const downloads = new Map<string, Download>();
  const keepDownload = (download: Download): string => {
    const id = randomBytes(24).toString('base64url');
    downloads.set(id, download);
    for (const [oldest] of [...downloads].slice(0, -MAX_DOWNLOADS)) downloads.delete(oldest);
    return `/download/${id}`;
  };
  const saveFile: DocumentCalls['saveFile'] = async ({ name, type }, evidence, make) => {
    const file = await shell?.chooseTarget(name);
    if (shell && file === undefined) return { file: null, download: null };
    if (file === undefined)
      return { file: null, download: keepDownload({ name, type, content: await make() }) };
    refuseInside(file, evidence);
    writeTo(file, await make());
    return { file, download: null };
  };
  const compose = async (
    engine: Engine,
    {
      choice,
      ...look
    }: Omit<Calls['document.save']['input'], 'workspace' | 'format'> & Pick<HtmlOptions, 'scheme'>,
    format: DocumentFormat,
  ) => {
    const translate = translateBy(await loadCatalogue(look.locale));
    const composition = engine.composeDocument(choice, translate);
    return { text: renderDocument(composition, format, translate, look), ...composition };
  };
  const print = shell?.printPdf ?? printOnMachine;

  const handlers: DocumentCalls['handlers'] = {
    'document.stock': ({ workspace }) => ({
      ...withOwn(find(workspace).documentStock(), own?.choices.read(own.findFile(workspace))),
      pdf: shell !== undefined || findBrowser() !== undefined,
    }),
    'document.keep': ({ workspace, choice }) => {
      if (own) own.choices.keep(own.findFile(workspace), choice);
      else find(workspace).keepDocumentChoice(choice);
      return {};
    },
    'document.preview': async ({ workspace, ...wanted }) => {
      const { text } = await compose(find(workspace), wanted, 'html');
      return { html: text };
    },
    'document.save': async ({ workspace, format, ...wanted }) => {
      const engine = find(workspace);
      const about = { name: nameFile(wanted.choice, format), type: types[format] };
      return saveFile(about, engine.sources(), async () => {
        const { text, report } = await compose(engine, wanted, format);
        return format === 'pdf' ? settlePdfDates(await print(text), report.made.at) : Buffer.from(text);
      });
    },
  };
  return {
    handlers,
    keepDownload,
    saveFile,
    takeDownload: (id) => {
      const download = downloads.get(id);
      downloads.delete(id);
      return download;
    },
  };
}

function withOwn<S extends object>(stock: S, choice: DocumentChoice | undefined): S {
  return choice ? { ...stock, choice } : stock;
}

function nameFile({ caseName }: DocumentChoice, format: DocumentFormat): string {
  const stem = caseName
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${stem === '' ? 'unbroken-report' : stem}${endings[format]}`;
}

function writeTo(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw createFailure('output-not-writable', 'the file cannot be written', { subject: file, cause: error });
  }
}
