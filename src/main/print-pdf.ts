/**
 * Prints a document to PDF in a window that nobody sees: sandboxed, without scripts, with a session of its own in which
 * no request goes anywhere but to the one page it is given.
 */
import { BrowserWindow, session } from 'electron';
import { PAGE_SCHEME } from './page-origin.ts';

/** Not the page's host: what comes from here is not taken for the page. */
const PRINT_URL = `${PAGE_SCHEME}://print/`;

/** The last print; they wait for each other, since they share the session. */
let last: Promise<unknown> = Promise.resolve();

/** Gives the PDF's bytes. */
export function printPdf(html: string): Promise<Uint8Array> {
  const printing = last.then(() => print(html));
  last = printing.catch(() => undefined);
  return printing;
}

async function print(html: string): Promise<Uint8Array> {
  const own = session.fromPartition('print');
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: url !== PRINT_URL }));
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.protocol.handle(
    PAGE_SCHEME,
    () => new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      images: false,
      spellcheck: false,
    },
  });
  try {
    await window.loadURL(PRINT_URL);
    return await window.webContents.printToPDF({
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
      ...frameByTemplate(window.getTitle()),
    });
  } finally {
    window.destroy();
    own.protocol.unhandle(PAGE_SCHEME);
  }
}

/** Chromium draws what the document's own `@page` puts into its margins from version 131 on. */
const DRAWS_MARGINS = Number.parseInt(process.versions.chrome, 10) >= 131;

/** The same head and page number for an older Chromium: that of the development runtime. */
function frameByTemplate(title: string): Partial<Electron.PrintToPDFOptions> {
  if (DRAWS_MARGINS) return {};
  const frame = (inner: string): string =>
    `<div style="width: 100%; margin: 0 16mm; display: flex; justify-content: space-between; font: 8pt sans-serif; color: #5c636b">${inner}</div>`;
  const text = title.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`);
  return {
    displayHeaderFooter: true,
    headerTemplate: frame(`<span>${text}</span>`),
    footerTemplate: frame(
      '<span></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span>',
    ),
  };
}
