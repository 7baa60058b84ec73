/** Bytes as hexadecimal lines: offset, sixteen bytes, and what of them is printable ASCII. */

export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

const WIDTH = 16;

/** Decodes base64; text that is none gives no bytes. */
export function decodeBase64(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** At most `maxLines` lines of sixteen bytes. */
export function makeHexLines(bytes: Uint8Array, maxLines: number): HexLine[] {
  const count = Math.min(maxLines, Math.ceil(bytes.length / WIDTH));
  return Array.from({ length: count }, (_, line) => {
    const part = [...bytes.subarray(line * WIDTH, (line + 1) * WIDTH)];
    return {
      offset: (line * WIDTH).toString(16).padStart(8, '0'),
      hex: part
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join(' ')
        .padEnd(WIDTH * 3 - 1),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    };
  });
}
