/**
 * Where things lie in the module's memory, in bytes from its beginning. AssemblyScript: read by the compiler of the
 * WebAssembly module, not by TypeScript's.
 */

/** Set by the caller: whole lines, then at least PADDING zero bytes, so that 16 may be loaded at any byte of a line. */
export const TEXT: usize = 0x1000;
export const TEXT_BYTES: usize = 0x40000;
const PADDING: usize = 64;

/** Columns of the rows read since `restart`, as Columns in TypeScript has them. */
export const MAX_ROWS: u32 = 4096;
export const TS: usize = TEXT + TEXT_BYTES + PADDING;
export const SEQ: usize = TS + MAX_ROWS * 8;
export const RES_ID: usize = SEQ + MAX_ROWS * 8;
export const CODE: usize = RES_ID + MAX_ROWS * 8;
export const LINE: usize = CODE + MAX_ROWS * 4;
export const OFFSET: usize = LINE + MAX_ROWS * 4;
export const LENGTH: usize = OFFSET + MAX_ROWS * 4;
export const FLAGS: usize = LENGTH + MAX_ROWS * 4;

/** Set by the caller: names of the fields with a column, 16 bytes each, of which the last is the length. */
export const FIELD_NAMES: usize = FLAGS + MAX_ROWS;
/** Where the values of the line's fields begin and end, two u32 each. */
export const FIELDS: usize = FIELD_NAMES + 16 * 16;

/** Gaps by number, and a hash table of their numbers. */
export const MAX_GAPS: u32 = 2048;
export const GAP_BYTES: u32 = 240;
export const GAPS: usize = FIELDS + 128;
export const GAP_SLOTS: usize = GAPS + MAX_GAPS * GAP_BYTES;

/** Values by number (48 bytes each), their hash table, and their bytes. */
export const MAX_VALUES: u32 = 16384;
export const VALUES: usize = GAP_SLOTS + MAX_GAPS * 2 * 4;
export const VALUE_SLOTS: usize = VALUES + MAX_VALUES * 48;
export const VALUE_TEXT: usize = VALUE_SLOTS + MAX_VALUES * 2 * 4;
export const VALUE_TEXT_BYTES: usize = 0x100000;

/** Tuples of five values by number (32 bytes each), and their hash table. */
export const MAX_TUPLES: u32 = 16384;
export const TUPLES: usize = VALUE_TEXT + VALUE_TEXT_BYTES;
export const TUPLE_SLOTS: usize = TUPLES + MAX_TUPLES * 32;
/** 32 bytes of ones, then 32 of zeros. */
export const MASKS: usize = TUPLE_SLOTS + MAX_TUPLES * 2 * 4;
