/** A document composed on screen: previewed without harm, printed by the window that nobody sees, kept where it is wanted. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test as desktop, samplePath } from './electron-app.ts';
import { test as browser } from './served-screens.ts';

async function openDocument(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('navigation').getByRole('button', { name: 'Report' }).click();
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toBeVisible();
}

/** Pages by the objects of the file: none of the object streams that would hide them is in Chromium's PDFs. */
function countPages(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}

/** The text where Poppler is there, else nothing. */
function readText(file: string): string | undefined {
  const { status, stdout } = spawnSync('pdftotext', [file, '-'], { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

desktop.describe('in the window', () => {
  desktop.use({ startPaths: [samplePath] });

  desktop('a PDF of the chosen parts is written, the same each time', async ({ app, window, home }) => {
    const target = join(home, 'case.pdf');
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, target);
    await openDocument(window);
    await window.getByLabel('Case name').fill('Case 12 <b>');
    await window.getByLabel('Examiner').fill('A. Okafor');
    const paper = window.frameLocator('iframe');
    await expect(paper.getByText('Case 12 <b>')).toBeVisible();

    const save = async (): Promise<Buffer> => {
      await window.getByRole('button', { name: 'PDF' }).click();
      await expect(window.getByText('Saved:')).toBeVisible({ timeout: 60_000 });
      return readFileSync(target);
    };
    const pdf = await save();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(countPages(pdf)).toBeGreaterThan(5);
    const text = readText(target);
    if (text !== undefined) {
      expect(text).toContain('A. Okafor');
      // On the first page, and at the head of the others.
      expect(text.split('Case 12 <b>').length).toBeGreaterThan(5);
    }
    expect((await save()).equals(pdf)).toBe(true);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

    await window.getByLabel('Findings with your notes').uncheck();
    await expect(paper.getByRole('heading', { name: 'Findings' })).toHaveCount(0);
    expect(countPages(await save())).toBeLessThan(countPages(pdf));
  });

  desktop('nothing is written into the evidence', async ({ app, window }) => {
    const target = join(samplePath, 'report.html');
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, target);
    await openDocument(window);
    await window.getByRole('button', { name: 'HTML' }).click();
    await expect(window.getByRole('alert')).toContainText('Nothing is written into the evidence');
    expect(existsSync(target)).toBe(false);
  });
});

browser.describe('in a browser', () => {
  browser.use({ viewPaths: [samplePath] });

  browser('documents are fetched once, and the choice is there again', async ({ link, page, context }) => {
    await page.goto(link);
    await openDocument(page);
    await page.getByLabel('Case name').fill('Dossier n° 7');
    await page.getByLabel('Leave out what entries hold').check();
    await expect(page.frameLocator('iframe').getByText('Dossier n° 7')).toBeVisible();
    const fetchOne = async (name: string): Promise<{ name: string; bytes: Buffer; url: string }> => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name, exact: true }).click();
      const download = await waiting;
      return {
        name: download.suggestedFilename(),
        bytes: readFileSync(await download.path()),
        url: download.url(),
      };
    };
    const json = await fetchOne('JSON');
    expect(json.name).toBe('Dossier-n-7.json');
    expect(JSON.parse(json.bytes.toString())).toMatchObject({
      format: 'unbroken.document/1',
      choice: { mask: true, caseName: 'Dossier n° 7' },
    });
    expect((await context.request.get(json.url)).status()).toBe(404);
    const pdf = await fetchOne('PDF');
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(countPages(pdf.bytes)).toBeGreaterThan(5);

    await page.reload();
    await expect(page.getByLabel('Case name')).toHaveValue('Dossier n° 7', { timeout: 30_000 });
  });

  browser('the preview has the colours that are chosen, whatever the system has', async ({ link, page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(link);
    await openDocument(page);
    const paper = page.frameLocator('iframe').locator('html');
    await expect(paper).toHaveCSS('background-color', 'rgb(255, 255, 255)');
    await page.getByRole('radiogroup', { name: 'Colours' }).getByText('Dark').click({ force: true });
    await expect(paper).toHaveCSS('background-color', 'rgb(22, 24, 27)');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByRole('radiogroup', { name: 'Colours' }).getByText('Light').click({ force: true });
    await expect(paper).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  });

  browser('the preview runs nothing and reaches nothing of the page', async ({ link, page }) => {
    await page.goto(link);
    await openDocument(page);
    const frame = page.locator('iframe');
    expect(await frame.getAttribute('sandbox')).toBe('');
    expect(await frame.getAttribute('src')).toBeNull();
  });
});
