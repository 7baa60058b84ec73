/** Words that were chosen to do harm, and how a page is held to show them without. */
import { expect, type Page } from '@playwright/test';

export const markup = '<img src=x onerror="document.title=1">';
export const hidden = 'admin\u202eexe\u200b\u0000';

/** Each by itself is something that somebody's screens have fallen for. */
export const nasty: readonly string[] = [
  markup,
  hidden,
  '$t(screen.product) {{count}} {{- x}}',
  '</script><script>document.title=1</script>',
  '"><svg/onload=document.title=1>',
  'javascript:document.title=1',
  '__proto__',
  'constructor',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u2066\u2067\u2068\u2069\u061c',
  '\ud800 alone',
  '\u2028\u2029\u0085',
  'e\u0301\u0301'.repeat(200),
  '\ufdfd'.repeat(80),
  'W'.repeat(5000),
  '',
];

/** Characters that would not be seen as themselves. */
export const raw = /[\u0000\u001b\u061c\u200b\u2028\u2029\u202e\u2066-\u2069]/;

/** Nothing of it ran, nothing is shown raw, and the page is no wider than its window. */
export async function expectHarmless(page: Page, where: string): Promise<void> {
  await expect(page.locator('img, #root script'), where).toHaveCount(0);
  // Everything a person could read or hear, hovered texts and labels too; what opens over the screens stands beside them.
  const html = await page.locator('body').evaluate((body) => {
    const shown = body.cloneNode(true) as HTMLElement;
    for (const frame of shown.querySelectorAll('iframe')) frame.removeAttribute('srcdoc');
    return shown.innerHTML;
  });
  expect(
    raw.exec(html)?.[0] && html.slice(Math.max(0, html.search(raw) - 200), html.search(raw) + 20),
    where,
  ).toBeUndefined();
  await expect(page, where).toHaveTitle(/Unbroken$/);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(excess, `${where} is as wide as its window`).toBeLessThanOrEqual(0);
}
