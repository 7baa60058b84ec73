/** JSON as Python's module writes it: `", "` and `": "` between, text as it is and not as escapes. */

const BINARY = '"<binary data>"';
/** What the real module says of a value that it cannot write. */
const UNSERIALIZABLE = '"<unserializable>"';
const MAX_DEPTH = 32;

/** A value as it was when it was written, for what may change before its entry is. */
export class WrittenJson {
  readonly text: string;

  constructor(value: unknown) {
    this.text = writeJson(value);
  }
}

/** Writes any value; never throws. What JSON has no word for becomes text, integers stay exact. */
export function writeJson(value: unknown, depth = 0): string {
  try {
    return depth > MAX_DEPTH ? UNSERIALIZABLE : writeValue(value, depth);
  } catch {
    // A getter or `toJSON` of the audited program: its faults are not the trail's.
    return UNSERIALIZABLE;
  }
}

/** Writes the pairs as one object, in their order. */
export function writeObject(pairs: Iterable<readonly [key: string, value: unknown]>, depth = 0): string {
  const parts: string[] = [];
  for (const [key, value] of pairs) {
    if (value !== undefined) parts.push(`${JSON.stringify(key)}: ${writeJson(value, depth + 1)}`);
  }
  return `{${parts.join(', ')}}`;
}

function writeValue(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : `"${value}"`;
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'null';
    case 'object':
      return value === null ? 'null' : writeStructure(value, depth);
    default:
      return UNSERIALIZABLE;
  }
}

function writeStructure(value: object, depth: number): string {
  if (value instanceof WrittenJson) return value.text;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'null' : `"${toNaiveIso(value)}"`;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return BINARY;
  if (Array.isArray(value) || value instanceof Set)
    return `[${Array.from(value, (item) => writeJson(item, depth + 1)).join(', ')}]`;
  if (value instanceof Map)
    return writeObject(
      Array.from(value, ([key, item]) => [String(key), item] as const),
      depth,
    );
  if ('toJSON' in value && typeof value.toJSON === 'function') return writeJson(value.toJSON(), depth + 1);
  return writeObject(Object.entries(value), depth);
}

/** In UTC and without saying so, as Odoo's values are; without a fraction where it is 0. */
function toNaiveIso(date: Date): string {
  const [seconds = '', millis = '000'] = date.toISOString().slice(0, -1).split('.');
  return millis === '000' ? seconds : `${seconds}.${millis}000`;
}
