import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { endianness } from 'node:os';
import { describe, expect, test } from 'vitest';
import { findDrops, readUdpDrops } from '../../../src/receiver/syslog/read-udp-drops.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops';
const row = (address: string, drops: number): string =>
  ` 9999: ${address} 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 23 2 0000000000000000 ${drops}`;

describe.skipIf(endianness() !== 'LE')('what the kernel’s table says of a socket', () => {
  const table = [
    HEAD,
    row('00000000:0202', 5),
    row('0100007F:0202', 17),
    row('0100007F:0203', 18),
    row('00000000000000000000000001000000:0202', 19),
    row('B80D0120000000000000000001000000:0202', 20),
    row('0000000000000000FFFF00000100007F:0202', 21),
  ].join('\n');
  test.each([
    ['0.0.0.0', 514, 5],
    ['127.0.0.1', 514, 17],
    ['127.0.0.1', 515, 18],
    ['::1', 514, 19],
    ['2001:db8::1', 514, 20],
    ['::ffff:127.0.0.1', 514, 21],
    ['127.0.0.2', 514, undefined],
  ])('%s port %i: %s', (address, port, drops) => {
    expect(findDrops(table, address, port)).toBe(drops);
  });
});

test.skipIf(process.platform !== 'linux')(
  'a socket that nobody reads from drops, and the kernel says so',
  async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    expect(readUdpDrops('127.0.0.1', port)).toBe(0);
    socket.setRecvBufferSize(1024);
    const sender = createSocket('udp4');
    // All within one turn of the loop, so that none is read.
    for (let i = 0; i < 50; i++) sender.send(Buffer.alloc(2000), port, '127.0.0.1');
    await expect.poll(() => readUdpDrops('127.0.0.1', port) ?? 0).toBeGreaterThan(0);
    sender.close();
    socket.close();
  },
);
