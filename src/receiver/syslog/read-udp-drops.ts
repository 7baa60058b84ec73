/**
 * Datagrams that the kernel threw away because a socket's buffer was full, by Linux's own count:
 *
 *   /proc/net/udp     sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode ref pointer drops
 *   23: 0100007F:0202 00000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 12345 2 0000000000000000 17
 *
 * Addresses are words of the machine's byte order, in hexadecimal. Other systems do not tell it for a socket.
 */
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';

/** Returns the count since the socket was opened; undefined where nobody knows. */
export function readUdpDrops(address: string, port: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return findDrops(
      readFileSync(address.includes(':') ? '/proc/net/udp6' : '/proc/net/udp', 'latin1'),
      address,
      port,
    );
  } catch {
    return undefined;
  }
}

/** The same in the file's text. */
export function findDrops(table: string, address: string, port: number): number | undefined {
  const local = `${writeWords(readAddressBytes(address))}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  const drops = rows.find(([, at]) => at === local)?.[12];
  return drops === undefined ? undefined : Number(drops);
}

function writeWords(bytes: Buffer): string {
  if (endianness() === 'LE') bytes.swap32();
  return bytes.toString('hex').toUpperCase();
}

/** Four or sixteen bytes. */
function readAddressBytes(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  // An address that ends as IPv4 does has its last two groups so.
  const groups = address
    .replace(/%.*/, '')
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
      const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
      return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
    });
  const [head = '', tail] = groups.split('::');
  const split = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [split(head), split(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const bytes = Buffer.alloc(16);
  for (const [i, group] of [...before, ...zeros, ...after].entries())
    bytes.writeUInt16BE(Number.parseInt(group, 16), i * 2);
  return bytes;
}
