/**
 * The values of a line's outermost keys, each as the text that stands there: parsed and written anew, a number beyond
 * 2^53 would be another. For lines that this trail wrote itself.
 */
export function splitObject(line: string): Map<string, string> {
  const values = new Map<string, string>();
  let depth = 0;
  let start = 0;
  let key: string | undefined;
  const take = (end: number) => {
    if (key !== undefined) values.set(key, line.slice(start, end).trim());
    key = undefined;
  };
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign === '"') {
      const end = findStringEnd(line, at);
      if (depth === 1 && key === undefined) {
        key = JSON.parse(line.slice(at, end)) as string;
        start = line.indexOf(':', end) + 1;
        at = start - 1;
      } else at = end - 1;
    } else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') {
      depth--;
      if (depth === 0) take(at);
    } else if (sign === ',' && depth === 1) take(at);
  }
  return values;
}

/** The place behind the closing quote. */
function findStringEnd(line: string, open: number): number {
  let at = open + 1;
  while (at < line.length && line[at] !== '"') at += line[at] === '\\' ? 2 : 1;
  return at + 1;
}
