/** Malformed lines as findings; of those that break off, what they tell before that. */
import { SPOOL_LINE_START } from '../../contract/spool.ts';
import { clipText } from '../base/clip-text.ts';
import { REF_LINES } from '../batch.ts';
import type { MalformedLine } from '../gather/census.ts';
import { listMembers } from '../parse/read-entry.ts';
import type { FoundFinding, Said } from '../report/build-report.ts';
import type { PlaceBook } from './place-book.ts';

/** What is read again of lines that break off: of the first ones, and of as many in a row. */
const MAX_READ = 2000;
const MAX_READ_IN_A_ROW = 5;
const MAX_VALUE = 120;

const decoder = new TextDecoder();

/** Malformed lines; those that follow each other with the same reason are one finding. */
export async function tellMalformed(
  lines: readonly MalformedLine[],
  sourceOf: (ref: number) => number,
  book: PlaceBook,
): Promise<FoundFinding[]> {
  const sorted = [...lines].sort((a, b) => a.ref - b.ref);
  const stretches: MalformedLine[][] = [];
  for (const line of sorted) {
    const stretch = stretches.at(-1);
    const last = stretch?.at(-1);
    if (stretch && last && line.ref === last.ref + 1 && line.reason === last.reason) stretch.push(line);
    else stretches.push([line]);
  }
  const cut = stretches.flatMap((stretch) => stretch.slice(0, MAX_READ_IN_A_ROW)).filter(isBrokenOff);
  const read = new Map<number, Said>();
  for await (const { ref, bytes } of book.fetch(new Set(cut.slice(0, MAX_READ).map(({ ref }) => ref)))) {
    // A damaged line of a spool is none of a sender's.
    if (!decoder.decode(bytes.subarray(0, SPOOL_LINE_START.length)).startsWith(SPOOL_LINE_START))
      read.set(ref, tellRead(bytes));
  }
  return stretches.map((stretch): FoundFinding => {
    const first = stretch[0]!;
    const last = stretch.at(-1)!;
    const micros = Number.isNaN(first.beforeTsMicros) ? first.afterTsMicros : first.beforeTsMicros;
    return {
      kind: 'malformed',
      ...(first.node === undefined ? {} : { node: first.node }),
      source: sourceOf(first.ref),
      count: stretch.length,
      path: book.pathOf(first.ref),
      line: first.ref % REF_LINES,
      ...(Number.isNaN(micros) ? {} : { fromTs: book.tsOf({ ref: -1, tsMicros: micros }) }),
      salvaged: stretch.flatMap(({ salvaged }) =>
        salvaged.map(({ node, seq, tsMicros }) => ({ node, seq, ts: book.tsOf({ ref: -1, tsMicros }) })),
      ),
      // What was received as a whole broke off before that.
      cause: {
        code: read.has(first.ref) && book.isReceived(first.ref) ? 'truncated' : first.reason,
        values: {},
      },
      evidence: [
        stretch.length === 1
          ? {
              code: 'stops-at-byte',
              values: { byte: Math.min(first.atByte + 1, first.lengthBytes), bytes: first.lengthBytes },
            }
          : { code: 'lines-in-a-row', values: { count: stretch.length, last: last.ref % REF_LINES } },
        ...stretch.flatMap(({ ref }) => read.get(ref) ?? []),
      ],
      confidence: 'high',
      ...(Number.isNaN(micros) ? {} : { fromMicros: micros }),
    };
  });
}

/** Nothing of it is an entry: it would be told with that. */
function isBrokenOff({ reason, salvaged }: MalformedLine): boolean {
  return reason === 'torn' && salvaged.length === 0;
}

function tellRead(bytes: Uint8Array): Said {
  const members = listMembers(bytes, 0);
  const read = (...keys: string[]): string => {
    const found = members.findLast(({ key }) => keys.includes(key));
    if (!found) return '?';
    const text = decoder.decode(bytes.subarray(found.from, found.to));
    return clipText(/^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : text, MAX_VALUE);
  };
  return {
    code: 'could-be-read',
    values: { model: read('model'), action: read('method', 'action'), record: read('res_id') },
  };
}
