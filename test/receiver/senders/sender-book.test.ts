import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SenderBook } from '../../../src/receiver/senders/sender-book.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'unbroken-senders-'));
});
afterEach(() => rmSync(data, { recursive: true }));

test('a value is told once, kept as no one can read it, and known to another process at once', () => {
  const running = new SenderBook(data);
  const value = new SenderBook(data).add('openspp');
  expect(running.identify(value, '10.0.0.1')).toBeUndefined();
  running.refresh();
  expect(running.identify(value, '10.0.0.1')).toBe('openspp');
  expect(running.identify(value.slice(0, -1), '10.0.0.1')).toBeUndefined();
  expect(running.identify(undefined, '10.0.0.1')).toBeUndefined();
  expect(readFileSync(join(data, 'receiver', 'senders.json'), 'utf8')).not.toContain(value.slice(7));
});

test.each([
  ['10.0.0.5', '10.0.0.5', true],
  ['10.0.0.5', '::ffff:10.0.0.5', true],
  ['10.0.0.5', '10.0.0.6', false],
  ['10.0.0.0/24', '10.0.0.77', true],
  ['2001:db8::/32', '2001:db8::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
])('without a value from %s: %s', (allow, address, may) => {
  const book = new SenderBook(data);
  book.addByAddress('relay', [allow]);
  expect(book.identify(undefined, address)).toBe(may ? 'relay' : undefined);
  expect(book.identify('Bearer wrong', address)).toBeUndefined();
});

test.each(['', 'Has Capitals', '../up', 'con', 'a.b', 'a--b', 'x'.repeat(41)])(
  'the name "%s" is refused',
  (name) => {
    expect(() => new SenderBook(data).add(name)).toThrow('a sender has a name');
  },
);

test('a certificate is replaced by another, and by a value', () => {
  const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];
  const book = new SenderBook(data);
  book.addByCertificate('one', first);
  book.rotateCertificate('one', second);
  expect([first, second].map((shown) => book.identify(undefined, '10.0.0.1', shown))).toEqual([
    undefined,
    'one',
  ]);
  const value = book.rotate('one');
  expect(book.identify(undefined, '10.0.0.1', second)).toBeUndefined();
  expect(book.identify(value, '10.0.0.1', second)).toBe('one');
  book.addByCertificate('two', second);
  expect(() => book.rotateCertificate('one', second)).toThrow('another sender has this certificate');
  expect(() => book.rotate('two', value)).toThrow('another sender has this value');
});

test('what is ambiguous or not printable is refused', () => {
  const book = new SenderBook(data);
  book.add('one', 'ApiKey abc');
  expect(() => book.add('one')).toThrow('there is a sender of this name');
  expect(() => book.add('two', 'ApiKey abc')).toThrow('another sender has this value');
  for (const value of ['', ' x', 'x\n', 'é']) expect(() => book.add('two', value)).toThrow('printable');
  expect(() => book.addByAddress('two', ['10.0.0.0/33'])).toThrow('an address is written');
  expect(() => book.rotate('nobody')).toThrow('no such sender');
});
