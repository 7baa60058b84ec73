import { expect, test } from 'vitest';
import { nameNetwork } from '../../../src/engine/base/name-network.ts';

test('addresses of one network of IPv6 have one name, those of IPv4 each its own', () => {
  const names = ['2001:db8:0:1::1', '2001:db8:0:1:ffff::2', '2001:0db8::1:0:0:0:3%eth0'].map(nameNetwork);
  expect(new Set(names)).toEqual(new Set(['2001:db8:0:1']));
  expect(nameNetwork('2001:db8:0:2::1')).toBe('2001:db8:0:2');
  expect(['192.0.2.1', '::ffff:192.0.2.1'].map(nameNetwork)).toEqual(['192.0.2.1', '::ffff:192.0.2.1']);
});
