/** Growing columns of the batch under construction, doubled when full; used again for the next batch. */
const FIRST_SIZE = 4096;

/** The columns that a row has. */
export type Rows = Pick<
  Columns,
  'tsMicros' | 'seq' | 'code' | 'resId' | 'line' | 'offset' | 'length' | 'flags'
>;

export class Columns {
  count = 0;
  tsMicros = new Float64Array(FIRST_SIZE);
  seq = new Float64Array(FIRST_SIZE);
  code = new Uint32Array(FIRST_SIZE);
  resId = new Float64Array(FIRST_SIZE);
  line = new Uint32Array(FIRST_SIZE);
  offset = new Uint32Array(FIRST_SIZE);
  length = new Uint32Array(FIRST_SIZE);
  flags = new Uint8Array(FIRST_SIZE);

  /** Makes room for one more row and returns its index. */
  addRow(): number {
    if (this.count === this.seq.length) this.#grow(this.count * 2);
    return this.count++;
  }

  /** Adds the first `count` of other rows. */
  addRows(rows: Rows, count: number): void {
    const at = this.count;
    this.count += count;
    if (this.count > this.seq.length) this.#grow(Math.max(this.count, this.seq.length * 2));
    this.tsMicros.set(rows.tsMicros.subarray(0, count), at);
    this.seq.set(rows.seq.subarray(0, count), at);
    this.code.set(rows.code.subarray(0, count), at);
    this.resId.set(rows.resId.subarray(0, count), at);
    this.line.set(rows.line.subarray(0, count), at);
    this.offset.set(rows.offset.subarray(0, count), at);
    this.length.set(rows.length.subarray(0, count), at);
    this.flags.set(rows.flags.subarray(0, count), at);
  }

  /** The rows so far, where they lie: valid until a row is added. */
  view(): Rows {
    const to = this.count;
    return {
      tsMicros: this.tsMicros.subarray(0, to),
      seq: this.seq.subarray(0, to),
      code: this.code.subarray(0, to),
      resId: this.resId.subarray(0, to),
      line: this.line.subarray(0, to),
      offset: this.offset.subarray(0, to),
      length: this.length.subarray(0, to),
      flags: this.flags.subarray(0, to),
    };
  }

  #grow(size: number): void {
    this.tsMicros = enlarge(this.tsMicros, new Float64Array(size));
    this.seq = enlarge(this.seq, new Float64Array(size));
    this.code = enlarge(this.code, new Uint32Array(size));
    this.resId = enlarge(this.resId, new Float64Array(size));
    this.line = enlarge(this.line, new Uint32Array(size));
    this.offset = enlarge(this.offset, new Uint32Array(size));
    this.length = enlarge(this.length, new Uint32Array(size));
    this.flags = enlarge(this.flags, new Uint8Array(size));
  }
}

function enlarge<T extends Float64Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
