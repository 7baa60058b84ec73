/** Writes filtered entries to a file: where the person chooses, or piece by piece to the browser that fetches it. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Calls } from '../../contract/api.ts';
import type { EntryFilter } from '../../contract/entry.ts';
import { createFailure } from '../../engine/base/failure.ts';
import { refuseInside } from '../../engine/base/places.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Handlers } from '../handlers.ts';
import type { DocumentCalls, DocumentShell } from './handle-document.ts';

const forms = {
  raw: { ending: '.jsonl', type: 'application/jsonl' },
  csv: { ending: '.csv', type: 'text/csv; charset=utf-8' },
} as const;

/** `find` gives the engine of an open workspace, or fails. */
export function createExportHandlers(
  find: (workspace: string) => Engine,
  shell: DocumentShell | undefined,
  keepDownload: DocumentCalls['keepDownload'],
  session: string,
): Pick<Handlers, 'entries.export'> {
  return {
    'entries.export': async ({ workspace, filter, name, ...options }) => {
      const engine = find(workspace);
      const { ending, type } = forms[options.form];
      const file = await shell?.chooseTarget(name + ending);
      if (shell && file === undefined) return { file: null, download: null, count: 0 };
      if (file !== undefined) refuseInside(file, engine.sources());
      await engine.streams.prepare(filter);
      await engine.search.run(filter, options.order, session);
      if (file !== undefined) {
        return { file, download: null, count: await writePieces(engine, filter, options, openTarget(file)) };
      }
      const content = readPieces(engine, filter, options, () => undefined);
      const download = keepDownload({ name: name + ending, type, content });
      return { file: null, download, count: engine.entries.count(filter) };
    },
  };
}

interface Target {
  write(bytes: Buffer): void;
  close(): void;
}

type Options = Pick<Calls['entries.export']['input'], 'order' | 'form' | 'mask'>;

/** The pieces, each when it is asked for; other questions are answered between two. `onPiece` is told how many entries each holds. */
async function* readPieces(
  engine: Engine,
  filter: EntryFilter,
  options: Options,
  onPiece: (count: number) => void,
): AsyncGenerator<Buffer> {
  for (const { bytes, count } of engine.export(filter, options)) {
    onPiece(count);
    yield bytes;
    await breathe();
  }
}

/** Returns how many entries there were. */
async function writePieces(
  engine: Engine,
  filter: EntryFilter,
  options: Options,
  target: Target,
): Promise<number> {
  let entries = 0;
  try {
    const pieces = readPieces(engine, filter, options, (count) => {
      entries += count;
    });
    for await (const bytes of pieces) target.write(bytes);
  } finally {
    target.close();
  }
  return entries;
}

function openTarget(file: string): Target {
  const refuse = (cause: unknown): never => {
    throw createFailure('output-not-writable', 'the file cannot be written', { subject: file, cause });
  };
  try {
    const handle = openSync(file, 'w');
    return {
      write: (bytes) => {
        try {
          for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
        } catch (error) {
          refuse(error);
        }
      },
      close: () => closeSync(handle),
    };
  } catch (error) {
    return refuse(error);
  }
}
