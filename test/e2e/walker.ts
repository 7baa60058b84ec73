/**
 * A person walking through their day: at the window with its dialogs, and the same way in a browser. At a station the
 * screen is held to axe's rules and to fit its window, and its picture is kept with the results: the browser's large,
 * and in the other colours, which change from one station to the next.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type ElectronApplication, expect, type Page, type TestInfo, type TestType } from '@playwright/test';
import { test as desktop } from './electron-app.ts';
import { test as browser } from './served-screens.ts';

const small = { width: 1280, height: 720 };
const large = { width: 2560, height: 1440 };
const schemes = ['light', 'dark'] as const;

export interface Walker {
  readonly page: Page;
  /** A folder of the walk's own, gone after it. */
  readonly folder: string;
  /** Opens a log from the start, where wanted beside what was recorded of it earlier. */
  open(log: string, earlier?: string): Promise<void>;
  /** Presses a button that saves, and reads what was saved. */
  save(button: string): Promise<Buffer>;
  stopAt(station: string): Promise<void>;
}

interface Walks {
  walker: Walker;
  folder: string;
}

interface Ways extends Pick<Walker, 'open' | 'save'> {
  /** Of a station's picture. */
  readonly size: typeof small;
  /** Which of the colours come first. */
  readonly offset: 0 | 1;
}

const inWindow = desktop.extend<Walks>({
  folder: makeFolder,
  walker: async ({ app, window, folder }, use, info) => {
    await window.setViewportSize(small);
    await use(createWalker(window, folder, info, walkInWindow(app, window, folder)));
  },
});

const inBrowser = browser.extend<Walks>({
  folder: makeFolder,
  walker: async ({ link, page, folder }, use, info) => {
    await page.setViewportSize(small);
    await page.goto(link);
    await use(createWalker(page, folder, info, walkInBrowser(page)));
  },
});

/** Where a walk is made. */
export const places: readonly [where: string, test: TestType<Walks, object>][] = [
  ['in the window', inWindow as unknown as TestType<Walks, object>],
  ['in a browser', inBrowser as unknown as TestType<Walks, object>],
];

async function makeFolder(
  // Playwright reads from the pattern what a fixture needs.
  { browserName: _ }: { browserName: string },
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'unbroken-walk-'));
  await use(folder);
  rmSync(folder, { recursive: true, force: true });
}

function createWalker(page: Page, folder: string, info: TestInfo, { size, offset, ...ways }: Ways): Walker {
  let stations = 0;
  return {
    page,
    folder,
    ...ways,
    stopAt: async (station) => {
      const scheme = schemes[(stations + offset) % schemes.length];
      stations += 1;
      await page.emulateMedia({ colorScheme: scheme ?? null });
      // Nothing is told about what the pointer happens to rest on.
      await page.mouse.move(0, 0);
      await page.setViewportSize(size);
      await page.screenshot({
        path: info.outputPath(`${stations}-${station}-${scheme}-${size.width}.png`),
        animations: 'disabled',
      });
      const overflow = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return [scrollWidth > window.innerWidth, scrollHeight > window.innerHeight];
      });
      expect(overflow, `${station} fits its window`).toEqual([false, false]);
      await page.setViewportSize(small);
      // A document's preview runs no scripts, so that axe cannot look into it, and waits.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('iframe').analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        station,
      ).toEqual([]);
    },
  };
}

/** With the system's dialogs answered for. */
function walkInWindow(app: ElectronApplication, page: Page, folder: string): Ways {
  let saved = 0;
  const answerOpen = (path: string): Promise<void> =>
    app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    }, path);
  return {
    size: small,
    offset: 0,
    open: async (log, earlier) => {
      if (earlier !== undefined) {
        await answerOpen(earlier);
        await page.getByRole('button', { name: /^Compare with an earlier report/ }).click();
        await expect(page.getByText(earlier)).toBeVisible();
      }
      await answerOpen(log);
      await page.getByRole('button', { name: 'Open a directory' }).press('Enter');
    },
    save: async (button) => {
      saved += 1;
      const file = join(folder, `saved-${saved}`);
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      }, file);
      await page.getByRole('button', { name: button, exact: true }).click();
      await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible({ timeout: 30_000 });
      expect(existsSync(file)).toBe(true);
      return readFileSync(file);
    },
  };
}

function walkInBrowser(page: Page): Ways {
  return {
    size: large,
    offset: 1,
    open: async (log, earlier) => {
      await page.getByLabel(/^Path of a directory/).fill(log);
      if (earlier !== undefined) await page.getByLabel(/^Earlier report/).fill(earlier);
      await page.keyboard.press('Enter');
    },
    save: async (button) => {
      const waiting = page.waitForEvent('download', { timeout: 30_000 });
      await page.getByRole('button', { name: button, exact: true }).click();
      return readFileSync(await (await waiting).path());
    },
  };
}
