/**
 * `npm run icons`: draws resources/icon.svg in every size that a system asks for, into resources/icons and
 * resources/icon.png. What it draws is committed, since packaging must not need a browser.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { root, say } from './machine.mjs';

const LINUX = [16, 32, 48, 64, 128, 256, 512];
const WINDOWS = [16, 24, 32, 48, 64, 256];
/** Types of Apple's icon file that hold a PNG, by size in pixels. */
const APPLE = /** @type {const} */ ([
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
]);
const HEADER_BYTES = 6;
const ENTRY_BYTES = 16;

const svg = readFileSync(join(root, 'resources', 'icon.svg'), 'utf8');
const folder = join(root, 'resources', 'icons');
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env['UNBROKEN_CHROMIUM'] ?? '/usr/bin/chromium',
});
const page = await browser.newPage();
/** @type {Map<number, Buffer>} */
const drawn = new Map();
for (const size of new Set([...LINUX, ...WINDOWS, ...APPLE.map(([, size]) => size)])) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  drawn.set(size, await page.screenshot({ omitBackground: true }));
}
await browser.close();

for (const size of LINUX) writeFileSync(join(folder, `${size}x${size}.png`), read(size));
writeFileSync(join(root, 'resources', 'icon.png'), read(512));
writeFileSync(join(folder, 'icon.ico'), writeIco());
writeFileSync(join(folder, 'icon.icns'), writeIcns());
say(`drew ${drawn.size} sizes`);

/** @param {number} size */
function read(size) {
  const png = drawn.get(size);
  if (!png) throw new Error(`${size} was not drawn`);
  return png;
}

/** Windows' icon file: a header, an entry a picture, and the pictures, which may be PNGs. */
function writeIco() {
  const header = Buffer.alloc(HEADER_BYTES + ENTRY_BYTES * WINDOWS.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(WINDOWS.length, 4);
  let offset = header.length;
  for (const [index, size] of WINDOWS.entries()) {
    const at = HEADER_BYTES + ENTRY_BYTES * index;
    // One byte for each side: 0 stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(read(size).length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += read(size).length;
  }
  return Buffer.concat([header, ...WINDOWS.map(read)]);
}

/** Apple's icon file: `icns` and its length, then for each picture its type, its length and itself. */
function writeIcns() {
  const pictures = APPLE.map(([type, size]) => Buffer.concat([head(type, read(size).length), read(size)]));
  const all = Buffer.concat(pictures);
  return Buffer.concat([head('icns', all.length), all]);
}

/**
 * @param {string} type
 * @param {number} length
 */
function head(type, length) {
  const bytes = Buffer.alloc(8);
  bytes.write(type, 'latin1');
  bytes.writeUInt32BE(length + bytes.length, 4);
  return bytes;
}
