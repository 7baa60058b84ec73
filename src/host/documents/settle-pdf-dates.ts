/** Makes two prints of the same document the same bytes: Chromium writes into each when it was printed. */

const DATE = /\/(CreationDate|ModDate) \(D:\d{14}([+-]\d\d'\d\d'|Z)?\)/g;

/** Puts a time (ISO 8601) in place of that of printing, as UTC. Lengths stay, and with them every offset of the file. */
export function settlePdfDates(pdf: Uint8Array, at: string): Buffer {
  const bytes = Buffer.from(pdf);
  const digits = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
  for (const { index, 0: found, 1: name, 2: offset } of bytes.toString('latin1').matchAll(DATE)) {
    const settled = `/${name} (D:${digits}${offset === undefined || offset === 'Z' ? (offset ?? '') : "+00'00'"})`;
    if (settled.length === found.length) bytes.write(settled, index, 'latin1');
  }
  return bytes;
}
