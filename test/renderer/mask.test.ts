/** Which values are hidden from whoever sees the screen. */
import { expect, test } from 'vitest';
import { makeMask } from '../../src/contract/mask.ts';

test.each([
  ['nothing while it is off', { mask: false, maskValues: ['phone'] }, false, false],
  ['the values of all keys where none is named', { mask: true, maskValues: [] }, true, true],
  ['those of the named keys, however they are spelled', { mask: true, maskValues: [' Phone '] }, true, false],
  ['all before it is known what is to be hidden', undefined, true, true],
] as const)('%s', (_, settings, phone, name) => {
  const mask = makeMask(settings && { ...settings, maskValues: [...settings.maskValues] });
  expect([mask.hides('phone'), mask.hides('name')]).toEqual([phone, name]);
  // A whole line holds every value.
  expect(mask.isOn).toBe(phone);
});
