/**
 * Every screen in every state that it can be in, over a fake engine: light and dark, small and large. Each is held to
 * axe's rules, to fit its window, and to a page without errors; its picture is kept with the results.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import type { FakeOptions } from '../renderer/fake/fake-engine.ts';
import { serveFake } from '../renderer/fake/fake-server.ts';

interface State {
  readonly name: string;
  readonly scene: FakeOptions['scene'];
  readonly rows?: number;
  /** English where it is not said. */
  readonly locale?: string;
  /** What is there when the screen is. */
  readonly landmark: string;
  act?(page: Page): Promise<unknown>;
}

const small = { width: 1280, height: 720 };
const large = { width: 2560, height: 1440 };
const goTo = (page: Page, name: string) => page.getByRole('navigation').getByRole('button', { name }).click();

/** Presses keys once the screen below is there. */
const pressOver = async (page: Page, keys: string) => {
  await page.getByText('Coverage by node and day').first().waitFor();
  await page.keyboard.press(keys);
};

/** Goes where a person was before a reload of the page. */
async function openAt(page: Page, place: object): Promise<void> {
  await page.locator('.sidebar').waitFor();
  await page.evaluate((state) => history.replaceState(state, ''), { filter: {}, ...place });
  await page.reload();
}
/** Goes to the receiver, and starts it. */
async function receive(page: Page): Promise<void> {
  await page.locator('.sidebar').waitFor();
  await page.keyboard.press('Alt+5');
  await page.locator('.receiver-switch button').click();
}
const record = { screen: 'record', record: { model: 'spp.entitlement', resId: '27692' } };
const person = { screen: 'person', person: 'user5@example.org' };

async function maskValues(page: Page): Promise<void> {
  await pressOver(page, 'Control+,');
  await page.getByRole('switch', { name: 'Mask values on screen' }).click();
  await page.getByText('Values are masked', { exact: true }).waitFor();
}

/** Opens a menu over the entries. */
const openMenu =
  (menu: string, screen = 'Entries') =>
  async (page: Page): Promise<void> => {
    await goTo(page, screen);
    await page.getByRole('button', { name: menu, exact: true }).click();
  };

const states: readonly State[] = [
  { name: 'start', scene: 'start', landmark: 'Is the audit trail whole?' },
  { name: 'check', scene: 'running', landmark: 'Time left' },
  {
    name: 'entries-so-far',
    scene: 'running',
    landmark: 'these are the entries so far',
    act: async (page) => {
      await page.getByRole('button', { name: 'Look at the entries so far' }).click();
      await page.getByRole('row').nth(3).click();
      await page.getByRole('heading', { name: 'Values' }).waitFor();
    },
  },
  { name: 'failed', scene: 'nothing-to-check', landmark: 'There is nothing to check' },
  { name: 'stopped', scene: 'cancelled', landmark: 'Go on with the check' },
  { name: 'overview', scene: 'incomplete', landmark: 'Coverage by node and day' },
  { name: 'overview-intact', scene: 'intact', landmark: 'Coverage by node and day' },
  { name: 'overview-contradicted', scene: 'contradicted', landmark: 'Coverage by node and day' },
  {
    name: 'overview-by-model',
    scene: 'incomplete',
    landmark: 'Unknown',
    act: (page) => page.locator('.over-time').getByText('Model', { exact: true }).click(),
  },
  { name: 'overview-period', scene: 'period', landmark: 'outside the period asked for were read as well' },
  {
    name: 'overview-arabic',
    scene: 'incomplete',
    locale: 'ar-EG',
    landmark: 'التغطية بحسب العقدة واليوم',
  },
  {
    name: 'findings-french',
    scene: 'incomplete',
    locale: 'fr-SN',
    landmark: 'Cause probable',
    act: (page) => goTo(page, 'Constats'),
  },
  { name: 'findings', scene: 'incomplete', landmark: 'Likely cause', act: (page) => goTo(page, 'Findings') },
  {
    name: 'findings-across',
    scene: 'incomplete',
    landmark: 'of the line before',
    act: async (page) => {
      await goTo(page, 'Findings');
      await page.locator('.across-subject').first().scrollIntoViewIfNeeded();
    },
  },
  { name: 'findings-none', scene: 'intact', landmark: 'No findings.', act: (page) => goTo(page, 'Findings') },
  { name: 'entries', scene: 'incomplete', landmark: '1,819 entries', act: (page) => goTo(page, 'Entries') },
  {
    name: 'document',
    scene: 'incomplete',
    landmark: 'Save as',
    act: async (page) => {
      await goTo(page, 'Report');
      await page.frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor();
    },
  },
  {
    name: 'entry',
    scene: 'incomplete',
    landmark: 'SHA-256 of the line',
    act: async (page) => {
      await goTo(page, 'Entries');
      await page.getByRole('row').nth(4).click();
    },
  },
  {
    name: 'facet',
    scene: 'incomplete',
    landmark: 'spp.entitlement',
    act: async (page) => {
      await goTo(page, 'Entries');
      await page.getByRole('button', { name: 'Model' }).click();
    },
  },
  {
    name: 'stream',
    scene: 'incomplete',
    landmark: 'odoo-web-1 · seq 1–200',
    act: async (page) => {
      await goTo(page, 'Entries');
      await page.getByRole('button', { name: 'Stream' }).click();
    },
  },
  { name: 'export-menu', scene: 'incomplete', landmark: 'Leave values out', act: openMenu('Export') },
  { name: 'columns-menu', scene: 'incomplete', landmark: 'File and line', act: openMenu('Columns') },
  { name: 'saved-filters', scene: 'incomplete', landmark: 'Saved filters', act: openMenu('Saved filters') },
  { name: 'time-menu', scene: 'incomplete', landmark: 'To, exclusive', act: openMenu('Time') },
  {
    name: 'export-menu-arabic',
    scene: 'incomplete',
    locale: 'ar-EG',
    landmark: 'تصدير',
    act: openMenu('تصدير', 'القيود'),
  },
  {
    name: 'export-menu-french',
    scene: 'incomplete',
    locale: 'fr-SN',
    landmark: 'Exporter',
    act: openMenu('Exporter', 'Entrées'),
  },
  {
    name: 'palette-arabic',
    scene: 'incomplete',
    locale: 'ar-EG',
    landmark: 'حذف مساحة العمل هذه…',
    act: async (page) => {
      await page.locator('.over-time').waitFor();
      await page.keyboard.press('Control+k');
    },
  },
  {
    name: 'period',
    scene: 'incomplete',
    landmark: 'To, exclusive',
    act: (page) => page.getByRole('button', { name: 'Set the period…' }).click(),
  },
  { name: 'mask', scene: 'incomplete', landmark: 'Only of these fields', act: maskValues },
  {
    name: 'mask-entry',
    scene: 'incomplete',
    landmark: 'The line is masked',
    act: async (page) => {
      await maskValues(page);
      await page.keyboard.press('Escape');
      await goTo(page, 'Entries');
      await page.getByRole('row').nth(4).click();
    },
  },
  {
    name: 'mask-record',
    scene: 'incomplete',
    landmark: 'Values are masked',
    act: async (page) => {
      await maskValues(page);
      await openAt(page, record);
    },
  },
  {
    name: 'recent',
    scene: 'cancelled',
    landmark: 'Opened lately',
    act: (page) => page.getByRole('button', { name: 'Open something else' }).click(),
  },
  {
    name: 'delete',
    scene: 'cancelled',
    landmark: 'Delete what was read?',
    act: async (page) => {
      await page.getByRole('button', { name: 'Open something else' }).click();
      await page
        .getByRole('button', { name: /^Remove/ })
        .first()
        .click();
    },
  },
  {
    name: 'palette',
    scene: 'incomplete',
    landmark: 'Delete this workspace…',
    act: (page) => pressOver(page, 'Control+k'),
  },
  {
    name: 'shortcuts',
    scene: 'incomplete',
    landmark: 'Next and previous finding',
    act: (page) => pressOver(page, 'Shift+?'),
  },
  {
    name: 'settings',
    scene: 'incomplete',
    landmark: 'Zone of all times',
    act: (page) => pressOver(page, 'Control+,'),
  },
  {
    name: 'audit-settings',
    scene: 'incomplete',
    landmark: 'Make the directory',
    act: async (page) => {
      await goTo(page, 'Settings');
      await page.getByRole('button', { name: 'Change file_path in the database' }).click();
      await page.getByRole('button', { name: 'Examine' }).click();
    },
  },
  {
    name: 'audit-settings-arabic',
    scene: 'incomplete',
    locale: 'ar-EG',
    landmark: 'ملف الإعداد',
    act: (page) => goTo(page, 'الإعدادات'),
  },
  {
    name: 'rules',
    scene: 'incomplete',
    landmark: 'with fewer fields',
    act: async (page) => {
      await goTo(page, 'Rules');
      await page.getByRole('button', { name: 'Change the rule of res.partner' }).click();
      await page.getByRole('button', { name: 'Preview' }).click();
    },
  },
  {
    name: 'rules-coverage',
    scene: 'incomplete',
    landmark: 'At the end of the log',
    act: async (page) => {
      await goTo(page, 'Rules');
      await page.getByText('Coverage', { exact: true }).click();
    },
  },
  {
    name: 'rules-difference',
    scene: 'incomplete',
    landmark: 'Records besides',
    act: async (page) => {
      await goTo(page, 'Rules');
      await page.getByText('Difference', { exact: true }).click();
    },
  },
  {
    name: 'rules-import',
    scene: 'incomplete',
    landmark: 'Import 2 rules',
    act: async (page) => {
      await goTo(page, 'Rules');
      const file = { name: 'rules.csv', mimeType: 'text/csv', buffer: Buffer.from('model_id\n') };
      await page.locator('input[type=file]').setInputFiles(file);
    },
  },
  {
    name: 'rules-arabic',
    scene: 'incomplete',
    locale: 'ar-EG',
    landmark: 'تغييرات القواعد غير محمية',
    act: (page) => goTo(page, 'القواعد'),
  },
  {
    name: 'receiver',
    scene: 'incomplete',
    landmark: 'is shown now and never again',
    act: async (page) => {
      await receive(page);
      await page.getByRole('button', { name: 'Add a sender' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('openspp-2');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
    },
  },
  {
    name: 'receiver-test',
    scene: 'incomplete',
    landmark: 'It was not found on the disk',
    act: async (page) => {
      await receive(page);
      await page.getByRole('button', { name: 'Send a test entry' }).click();
      await page.locator('.receiver-way').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'receiver-stopped',
    scene: 'incomplete',
    landmark: 'Nothing is received',
    act: (page) => goTo(page, 'Receiver'),
  },
  {
    name: 'receiver-alone',
    scene: 'start',
    landmark: 'Nothing is received',
    act: (page) => page.getByText('Receive entries from OpenSPP').click(),
  },
  {
    name: 'receiver-arabic',
    scene: 'incomplete',
    locale: 'ar-EG',
    landmark: 'بعد أن يصير القيد على القرص',
    act: receive,
  },
  {
    name: 'about',
    scene: 'incomplete',
    landmark: 'Built with 2 packages of others',
    act: (page) => page.getByRole('button', { name: /^Version/ }).click(),
  },
  {
    name: 'record',
    scene: 'incomplete',
    landmark: 'Values over time',
    act: (page) => openAt(page, record),
  },
  {
    name: 'record-none',
    scene: 'incomplete',
    landmark: 'No entry of this record',
    act: (page) => openAt(page, { ...record, record: { model: 'res.partner', resId: '0' } }),
  },
  {
    name: 'person',
    scene: 'incomplete',
    landmark: 'date',
    act: async (page) => {
      await openAt(page, person);
      await page.locator('.week-cell[data-shade="5"]').first().click();
    },
  },
  {
    name: 'person-arabic',
    scene: 'incomplete',
    locale: 'ar-EG',
    landmark: 'اندفاعات غير معتادة',
    act: (page) => openAt(page, person),
  },
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const { name, scene, locale = 'en-US', landmark, act } of states) {
    test(`${name}, ${colorScheme}`, async ({ browser }, info) => {
      const { server, address } = await serveFake({ scene });
      const context = await browser.newContext({ colorScheme, locale, viewport: small });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(address);
      await act?.(page);
      await expect(page.getByText(landmark).first()).toBeVisible();
      // Colours are judged on either; the large window, which takes long to draw, on one.
      for (const size of colorScheme === 'light' ? [small, large] : [small]) {
        await page.setViewportSize(size);
        expect(await measureOverflow(page)).toEqual([0, 0]);
        const body = await page.screenshot({ animations: 'disabled' });
        await info.attach(`${name}-${colorScheme}-${size.width}.png`, { body, contentType: 'image/png' });
      }
      // A document's preview runs no scripts, so that axe cannot look into it, and waits.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('iframe').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
      expect(errors).toEqual([]);
      await context.close();
      server.closeAllConnections();
      server.close();
    });
  }
}

test('ten million entries scroll from the first to the last', async ({ page }) => {
  const { server, address } = await serveFake({ scene: 'incomplete', rows: 10_000_000 });
  await page.goto(address);
  await goTo(page, 'Entries');
  await expect(page.getByText('10,000,000 entries')).toBeVisible();
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('End');
  await expect(page.locator('[aria-rowindex="10000001"][id]')).toBeVisible();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await expect(page.locator('[aria-rowindex="2"][id]')).toBeVisible();
  // Wheel steps over the border of a page leave no row out.
  for (let step = 0; step < 30; step += 1) await page.mouse.wheel(0, 400);
  await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await expect(page.getByRole('gridcell').nth(20)).toHaveText(/\d/);
  server.closeAllConnections();
  server.close();
});

/** By how much the page is wider and higher than its window. */
function measureOverflow(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [Math.max(0, scrollWidth - window.innerWidth), Math.max(0, scrollHeight - window.innerHeight)];
  });
}
