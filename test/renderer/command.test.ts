/** Commands by their keys and by their names. */
import { IconList } from '@tabler/icons-react';
import { expect, test } from 'vitest';
import { type Command, findCommands, isPressed, listCaps } from '../../src/renderer/commands/command.ts';

const none = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test('keys are those with their modifiers, and no others', () => {
  const palette = { mod: true, key: 'k' };
  expect(isPressed({ ...none, key: 'k', code: 'KeyK', ctrlKey: true }, palette)).toBe(true);
  expect(isPressed({ ...none, key: 'k', code: 'KeyK', metaKey: true }, palette)).toBe(true);
  expect(isPressed({ ...none, key: 'k', code: 'KeyK' }, palette)).toBe(false);
  expect(isPressed({ ...none, key: 'k', code: 'KeyK', ctrlKey: true, altKey: true }, palette)).toBe(false);
});

test('a sign is the sign, whatever it takes to write it', () => {
  expect(isPressed({ ...none, key: '?', code: 'Slash', shiftKey: true }, { key: '?' })).toBe(true);
  expect(isPressed({ ...none, key: '?', code: 'KeyM' }, { key: '?' })).toBe(true);
});

test('a digit goes by its place: with Alt a Mac writes another character', () => {
  const second = { alt: true, key: '2' };
  expect(isPressed({ ...none, key: '™', code: 'Digit2', altKey: true }, second)).toBe(true);
  expect(isPressed({ ...none, key: 'é', code: 'Digit2', altKey: true }, second)).toBe(true);
  expect(isPressed({ ...none, key: '¡', code: 'Digit1', altKey: true }, second)).toBe(false);
});

test('Shift tells two commands of one letter apart', () => {
  const plain = { mod: true, shift: false, key: 'o' };
  const shifted = { mod: true, shift: true, key: 'o' };
  const pressed = { ...none, key: 'O', code: 'KeyO', ctrlKey: true, shiftKey: true };
  expect([isPressed(pressed, plain), isPressed(pressed, shifted)]).toEqual([false, true]);
});

test('caps are those of the keyboard', () => {
  expect(listCaps({ mod: true, shift: true, key: 'o' }, false)).toEqual(['Ctrl', 'Shift', 'O']);
  expect(listCaps({ mod: true, shift: true, key: 'o' }, true)).toEqual(['⌘', '⇧', 'O']);
});

test('commands are found by all words, those that begin with them first', () => {
  const make = (label: string, group: Command['group'] = 'open'): Command => ({
    id: label,
    group,
    label,
    icon: IconList,
    run: () => undefined,
  });
  const commands = [make('Dark colours', 'view'), make('Open files'), make('Reopen'), make('Files', 'go')];
  const find = (question: string) =>
    findCommands(commands, question, (group) => group).map(({ label }) => label);
  expect(find('')).toEqual(['Dark colours', 'Open files', 'Reopen', 'Files']);
  expect(find('files')).toEqual(['Files', 'Open files']);
  expect(find('open')).toEqual(['Open files', 'Reopen']);
  expect(find('view dark')).toEqual(['Dark colours']);
  expect(find('open dark')).toEqual([]);
});
