import { expect, test } from 'vitest';
import { readFailure } from '../../../src/engine/base/failure.ts';
import { readServerAddress } from '../../../src/host/servers/server-address.ts';

test.each([
  ['audit.example.org', 'https://audit.example.org'],
  [' https://audit.example.org:8443/ ', 'https://audit.example.org:8443'],
  ['https://audit.example.org/#first=abc', 'https://audit.example.org'],
  ['10.0.0.5:8443', 'https://10.0.0.5:8443'],
  ['http://127.0.0.1:8070/', 'http://127.0.0.1:8070'],
  ['127.0.0.1:8070', 'http://127.0.0.1:8070'],
  ['localhost:8070', 'http://localhost:8070'],
  ['http://[::1]:8070', 'http://[::1]:8070'],
  ['https://127.0.0.1:8070', 'https://127.0.0.1:8070'],
])('%j is %s', (entered, origin) => {
  expect(readServerAddress(entered).origin).toBe(origin);
});

test.each([
  ['http://audit.example.org', 'address-not-secure'],
  ['http://10.0.0.5:8070', 'address-not-secure'],
  ['http://127.0.0.1.example.org', 'address-not-secure'],
  ['http://[2001:db8::1]', 'address-not-secure'],
  ['', 'bad-address'],
  ['two words', 'bad-address'],
  ['ftp://audit.example.org', 'bad-address'],
  ['file:///etc/passwd', 'bad-address'],
  ['https://ana:secret@audit.example.org', 'bad-address'],
  ['https://audit.example.org/unbroken/', 'bad-address'],
])('%j is refused: %s', (entered, code) => {
  let failed: unknown;
  try {
    readServerAddress(entered);
  } catch (error) {
    failed = error;
  }
  expect(readFailure(failed)?.code).toBe(code);
});
