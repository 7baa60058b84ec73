/** The tables that SQL sees: entries from the workspace's segments; files, streams and findings from its last report. */
import type { WrittenValue } from '../../contract/entry.ts';
import type { Report } from '../../contract/report.ts';
import { readEntry } from '../parse/read-entry.ts';
import type { SqlOptions, SqlTable, SqlValue, Store } from '../store/open-store.ts';

/** Tables and functions over a workspace; without a report all but `entries` are empty. */
export function describeSql(store: Store, report: Report | undefined): SqlOptions {
  const bytesOf = (id: string): Uint8Array | undefined => store.entries.find(id)?.bytes;
  const decode = new TextDecoder();
  return {
    tables: {
      entries: {
        columns: store.valueColumns,
        parameters: ['since', 'until'],
        rows: (since, until) => store.listValues({ from: readText(since), to: readText(until) }),
      },
      files: tableOf(report?.files ?? [], {
        path: ({ path }) => path,
        source: ({ source }) => source,
        bytes: ({ bytes }) => bytes,
        sha256: ({ sha256 }) => sha256,
        compression: ({ compression }) => compression,
        dialect: ({ dialect }) => dialect,
        lines: ({ lines }) => lines,
        entries: ({ entries }) => entries,
        malformed: ({ malformed }) => malformed,
        first_ts: ({ firstTs }) => firstTs,
        last_ts: ({ lastTs }) => lastTs,
        copy_of: ({ copyOf }) => copyOf,
      }),
      streams: tableOf(report?.streams ?? [], {
        id: ({ id }) => id,
        node: ({ node }) => node,
        source: ({ source }) => source,
        first_seq: ({ firstSeq }) => firstSeq,
        last_seq: ({ lastSeq }) => lastSeq,
        entries: ({ entries }) => entries,
        missing: ({ missing }) => missing,
        first_ts: ({ firstTs }) => firstTs,
        last_ts: ({ lastTs }) => lastTs,
        start: ({ start }) => start,
      }),
      findings: tableOf(report?.findings ?? [], {
        id: ({ id }) => id,
        kind: ({ kind }) => kind,
        node: ({ node }) => node,
        source: ({ source }) => source,
        first_seq: ({ firstSeq }) => firstSeq,
        last_seq: ({ lastSeq }) => lastSeq,
        count: ({ count }) => count,
        at_least: ({ atLeast }) => (atLeast ? 1 : 0),
        from_ts: ({ fromTs }) => fromTs,
        to_ts: ({ toTs }) => toTs,
        path: ({ path }) => path,
        line: ({ line }) => line,
        cause: ({ cause }) => cause?.code,
        confidence: ({ confidence }) => confidence,
        streams: ({ streams }) => JSON.stringify(streams ?? []),
        before: ({ before }) => JSON.stringify(before ?? []),
        after: ({ after }) => JSON.stringify(after ?? []),
        evidence: ({ evidence }) => JSON.stringify(evidence),
      }),
    },
    functions: {
      raw: (id) => decodeOr(bytesOf(id), (bytes) => decode.decode(bytes)),
      old_values: (id) => decodeOr(bytesOf(id), (bytes) => writeObject(readEntry(bytes).oldValues)),
      new_values: (id) => decodeOr(bytesOf(id), (bytes) => writeObject(readEntry(bytes).newValues)),
    },
  };
}

function tableOf<T>(
  items: readonly T[],
  columns: Readonly<Record<string, (item: T) => SqlValue | undefined>>,
): SqlTable {
  const reads = Object.values(columns);
  return {
    columns: Object.keys(columns),
    rows: function* () {
      for (const item of items) yield reads.map((read) => read(item) ?? null);
    },
  };
}

function readText(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

function decodeOr(bytes: Uint8Array | undefined, decode: (bytes: Uint8Array) => string): string | null {
  return bytes === undefined ? null : decode(bytes);
}

/** A JSON object with each value as it was written. */
function writeObject(values: readonly WrittenValue[]): string {
  return `{${values.map(({ key, text }) => `${JSON.stringify(key)}: ${text}`).join(', ')}}`;
}
