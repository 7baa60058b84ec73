/**
 * Prints a document to PDF with a browser of the machine, for where there is no window of our own.
 *
 * The browser runs without a display, on a profile of its own that is deleted with it, and with no host to resolve: the
 * document holds no script and names nothing to fetch, and could not fetch it either.
 */
import { spawn } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createFailure } from '../../engine/base/failure.ts';

const COMMANDS = [
  ...['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
  ...['microsoft-edge-stable', 'microsoft-edge', 'brave-browser'],
];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** A document of thousands of findings takes a minute on a slow machine. */
const PRINT_MS = 180_000;

/** Gives the first browser of Chromium's kind that is there; undefined where none is. */
export function findBrowser(
  env: NodeJS.ProcessEnv = process.env,
  platform: string = process.platform,
): string | undefined {
  return listCandidates(env, platform).find(canRun);
}

function listCandidates(env: NodeJS.ProcessEnv, platform: string): string[] {
  if (platform === 'darwin')
    return MAC_APPS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
    return folders.flatMap((folder) =>
      folder ? WINDOWS_PROGRAMS.map((program) => join(folder, program)) : [],
    );
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Prints with a browser of this machine. Failure: `not-available-here`. */
export async function printOnMachine(html: string): Promise<Uint8Array> {
  const browser = findBrowser();
  if (browser !== undefined) return printWithBrowser(browser, html);
  throw createFailure(
    'not-available-here',
    'no Chromium, Chrome or Edge was found to make a PDF with; write HTML, and print that',
  );
}

async function printWithBrowser(browser: string, html: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'unbroken-print-'));
  const [page, pdf] = [join(folder, 'document.html'), join(folder, 'document.pdf')];
  try {
    writeFileSync(page, html, { mode: 0o600 });
    const said = await run(browser, [
      '--headless',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Root cannot have Chromium's sandbox.
      ...['--disable-gpu', '--disable-extensions', '--disable-background-networking', '--no-first-run'],
      '--host-resolver-rules=MAP * ~NOTFOUND',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--no-pdf-header-footer',
      '--generate-pdf-document-outline',
      `--print-to-pdf=${pdf}`,
      pathToFileURL(page).href,
    ]);
    return readPdf(pdf, browser, said);
  } finally {
    // A process of the browser may still be writing its profile.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function run(browser: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const printing = spawn(browser, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: PRINT_MS });
    let said = '';
    printing.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2000);
    });
    printing.once('error', reject);
    printing.once('close', () => resolve(said));
  });
}

function readPdf(file: string, browser: string, said: string): Uint8Array {
  if (existsSync(file)) return readFileSync(file);
  throw createFailure('not-available-here', 'the browser made no PDF; write HTML, and print that', {
    subject: browser,
    cause: new Error(said),
  });
}
