/** The menu bar as a template, without Electron. */
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { createTranslate, loadCatalogue, translateBy } from '../../src/catalogue/translate.ts';
import { describeMenu, type MenuOptions } from '../../src/main/describe-menu.ts';

const options: MenuOptions = {
  translate: createTranslate('en'),
  preferences: {
    settings: { scheme: 'dark', zone: 'Asia/Manila', language: null, mask: false, maskValues: [] },
    recent: [{ paths: ['/logs/R&D', '/logs/copy'], openedAt: '2026-03-01T00:00:00Z' }],
  },
  zone: 'Europe/Berlin',
  ask: vi.fn(),
  change: vi.fn(),
};

function flatten(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
}
const list = (platform: string, isPackaged = true, changed: Partial<MenuOptions> = {}) =>
  flatten(describeMenu({ ...options, ...changed }, platform, isPackaged));
const click = (item: MenuItemConstructorOptions | undefined) => (item?.click as undefined | (() => void))?.();

test.each(['linux', 'win32', 'darwin'])('every item of %s is named, and its keys are its own', (platform) => {
  const items = list(platform);
  for (const { label, role, type } of items) expect(label ?? role ?? type).toBeTruthy();
  for (const { label } of items) expect(label ?? '').not.toContain('shell.');
  const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  for (const role of ['quit', 'zoomIn', 'togglefullscreen'])
    expect(items.filter((item) => item.role === role)).toHaveLength(1);
});

test.each(['fr', 'ar'])('no item is left in English where the language is %s', async (language) => {
  const translate = translateBy(await loadCatalogue(language));
  const english = new Set(list('darwin', false).map(({ label }) => label));
  const same = list('darwin', false, { translate }).flatMap(({ label }) =>
    label !== undefined && english.has(label) ? label : [],
  );
  expect(same).toEqual(['Unbroken', '/logs/R&&D · /logs/copy', 'UTC', 'Europe/Berlin', 'Asia/Manila']);
});

test('what was opened lately is opened by its paths, and shown as it is called', () => {
  const item = list('linux').find(({ label }) => label === '/logs/R&&D · /logs/copy');
  click(item);
  expect(options.ask).toHaveBeenLastCalledWith({ command: 'open', paths: ['/logs/R&D', '/logs/copy'] });
  const none = list('linux', true, { preferences: { ...options.preferences, recent: [] } });
  expect(none.find(({ enabled }) => enabled === false)?.label).toBe('Nothing Yet');
});

test('colours and zones are marked as they are set, and change by a click', () => {
  const radios = list('linux').filter(({ type }) => type === 'radio');
  expect(radios.map(({ label, checked }) => [label, checked])).toEqual([
    ['As the System', false],
    ['Light', false],
    ['Dark', true],
    ['UTC', false],
    ['Europe/Berlin', false],
    ['Asia/Manila', true],
  ]);
  click(radios[1]);
  expect(options.change).toHaveBeenLastCalledWith({ scheme: 'light' });
  click(radios[3]);
  expect(options.change).toHaveBeenLastCalledWith({ zone: 'UTC' });
});

test('tools for developers are not in the packed app', () => {
  const hasTools = (isPackaged: boolean) =>
    list('linux', isPackaged).some(({ role }) => role === 'toggleDevTools');
  expect([hasTools(false), hasTools(true)]).toEqual([true, false]);
});
