/**
 * XXH64 (xxHash specification 0.1.1), seed 0: the checksum of a zstd frame. Used only where zlib has no zstd; such
 * runtimes are slow with BigInt too, so whole stripes are hashed in halves of 32 bits, and only the rest in BigInt.
 */

const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;
const STRIPE_BYTES = 32;

export class Xxh64 {
  readonly #lanes = new BigUint64Array([P1 + P2, P2, 0n, -P1]);
  /** The lanes' halves, the lower first: typed arrays are little-endian on every system that is supported. */
  readonly #halves = new Int32Array(this.#lanes.buffer);
  readonly #rest = new Uint8Array(STRIPE_BYTES);
  #restBytes = 0;
  #totalBytes = 0;

  /** Takes the next bytes. */
  update(bytes: Uint8Array): void {
    let at = 0;
    this.#totalBytes += bytes.length;
    if (this.#restBytes > 0) {
      at = Math.min(STRIPE_BYTES - this.#restBytes, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restBytes);
      this.#restBytes += at;
      if (this.#restBytes < STRIPE_BYTES) return;
      this.#takeStripes(this.#rest, 0, STRIPE_BYTES);
      this.#restBytes = 0;
    }
    const end = bytes.length - ((bytes.length - at) % STRIPE_BYTES);
    this.#takeStripes(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#restBytes = bytes.length - end;
  }

  /** The low 32 bits of the hash, which is what zstd stores. */
  digestLow(): number {
    let hash = this.#totalBytes >= STRIPE_BYTES ? this.#mergeLanes() : P5;
    hash = wrap(hash + BigInt(this.#totalBytes));
    const view = new DataView(this.#rest.buffer);
    let at = 0;
    for (; at + 8 <= this.#restBytes; at += 8)
      hash = wrap(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4);
    if (at + 4 <= this.#restBytes) {
      hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint32(at, true)) * P1), 23n) * P2 + P3);
      at += 4;
    }
    for (; at < this.#restBytes; at++)
      hash = wrap(rotate(hash ^ wrap(BigInt(this.#rest[at]!) * P5), 11n) * P1);
    hash = wrap((hash ^ (hash >> 33n)) * P2);
    hash = wrap((hash ^ (hash >> 29n)) * P3);
    return Number((hash ^ (hash >> 32n)) & 0xffffffffn);
  }

  #takeStripes(bytes: Uint8Array, start: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const halves = this.#halves;
    for (let at = start; at < end; at += STRIPE_BYTES) {
      for (let half = 0; half < 8; half += 2)
        roundHalves(halves, half, view.getInt32(at + half * 4, true), view.getInt32(at + half * 4 + 4, true));
    }
  }

  #mergeLanes(): bigint {
    const [a, b, c, d] = this.#lanes as unknown as [bigint, bigint, bigint, bigint];
    let hash = wrap(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n));
    for (const lane of [a, b, c, d]) hash = wrap((hash ^ round(0n, lane)) * P1 + P4);
    return hash;
  }
}

function wrap(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function rotate(value: bigint, by: bigint): bigint {
  return wrap(value << by) | (value >> (64n - by));
}

function round(lane: bigint, input: bigint): bigint {
  return wrap(rotate(wrap(lane + wrap(input * P2)), 31n) * P1);
}

const P1_LOW = Number(BigInt.asIntN(32, P1));
const P1_HIGH = Number(BigInt.asIntN(32, P1 >> 32n));
const P2_LOW = Number(BigInt.asIntN(32, P2));
const P2_HIGH = Number(BigInt.asIntN(32, P2 >> 32n));

/** As `round`, on the lane whose lower half is `halves[at]`. */
function roundHalves(halves: Int32Array, at: number, inputLow: number, inputHigh: number): void {
  // lane += input * P2
  const addLow = Math.imul(inputLow, P2_LOW);
  const addHigh =
    (multiplyHigh(inputLow, P2_LOW) + Math.imul(inputLow, P2_HIGH) + Math.imul(inputHigh, P2_LOW)) | 0;
  const low = (halves[at]! + addLow) | 0;
  const carry = low >>> 0 < addLow >>> 0 ? 1 : 0;
  const high = (halves[at + 1]! + addHigh + carry) | 0;
  // lane = rotate(lane, 31) * P1
  const turnedLow = (low << 31) | (high >>> 1);
  const turnedHigh = (high << 31) | (low >>> 1);
  halves[at] = Math.imul(turnedLow, P1_LOW);
  halves[at + 1] =
    multiplyHigh(turnedLow, P1_LOW) + Math.imul(turnedLow, P1_HIGH) + Math.imul(turnedHigh, P1_LOW);
}

/** The upper 32 bits of the product of two unsigned numbers of 32 bits. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = Math.imul(a1, b0) + (Math.imul(a0, b0) >>> 16);
  // `a1 * b0` may be negative as a signed number: taken apart unsigned.
  const lower = ((middle & 0xffff) + Math.imul(a0, b1)) >>> 0;
  return (Math.imul(a1, b1) + (middle >>> 16) + (lower >>> 16)) | 0;
}
