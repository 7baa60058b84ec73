/** The screen of the trail's settings over the real host: what a person changes, and what they cannot. */
import { expect } from '@playwright/test';
import { samplePath } from './electron-app.ts';
import { test } from './served-screens.ts';

test.use({
  viewPaths: [samplePath],
  viewEnvironment: { OPENSPP_AUDIT_BACKEND_SYSLOG: 'true', OPENSPP_AUDIT_SYSLOG_PORT: 'many' },
});

test('a value of the database is changed; one that is fixed above it is not', async ({ link, page }) => {
  await page.goto(link);
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click({ timeout: 30_000 });
  const row = (key: string) => page.getByRole('row').filter({ has: page.getByText(key, { exact: true }) });

  await expect(row('backend_syslog')).toContainText(
    'Fixed by OPENSPP_AUDIT_BACKEND_SYSLOG in the environment.',
  );
  await expect(row('backend_syslog').getByRole('button')).toHaveCount(0);
  await expect(row('syslog_port')).toContainText('no value');
  await expect(row('syslog_port')).toContainText('“many” is no whole number');

  await row('mandatory_models').getByRole('button', { name: 'Change mandatory_models' }).click();
  const field = page.getByRole('textbox', { name: 'New value of mandatory_models' });
  await field.fill('res.partner;spp.program');
  await field.press('Enter');
  await expect(row('mandatory_models')).toContainText('This is not a possible value');
  await field.fill('res.partner, spp.program');
  await field.press('Enter');
  await expect(row('mandatory_models')).toContainText('res.partner, spp.program');
  await expect(row('mandatory_models')).toContainText('This rests in the database alone');

  await page.getByRole('button', { name: 'Examine' }).click();
  const doctor = page.getByRole('region', { name: 'Doctor' });
  await expect(doctor).toContainText('No possible value: OPENSPP_AUDIT_SYSLOG_PORT.');
  await expect(doctor).toContainText('1 thing needs to be mended.');

  await page.getByText('This app', { exact: true }).click();
  await expect(row('backend_file')).toContainText('on');
  await expect(page.getByRole('button', { name: /^Change/ })).toHaveCount(0);
  await expect(row('mandatory_models')).toContainText('not set');
});

test.describe('where no backend beside the database is on', () => {
  test.use({ viewEnvironment: {} });

  test('it is said that changes to auditing are not protected', async ({ link, page }) => {
    await page.goto(link);
    await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click({ timeout: 30_000 });
    const notice = page.getByText(
      'Changes to auditing are not protected: no file, syslog or HTTP backend is on',
    );
    await expect(notice).toBeVisible();
    // Its own log is in a file.
    await page.getByText('This app', { exact: true }).click();
    await expect(page.getByText('How Unbroken records what people do in it.')).toBeVisible();
    await expect(notice).toHaveCount(0);
  });
});
