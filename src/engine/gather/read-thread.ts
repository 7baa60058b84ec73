/**
 * Entry of a read thread: reads, hashes, parses (and compresses) one file after another, as it is told.
 *
 * It sends at most CREDIT batches ahead of what was taken: a slow disk on the writing side holds the reading back
 * instead of filling the memory.
 */
import { parentPort } from 'node:worker_threads';
import { assert } from '../base/assert.ts';
import type { FileReading, LineStart, SourceFile } from '../source/open-source.ts';
import { listBuffers } from '../store/pack-batch.ts';
import { listRunBuffers } from './count-batch.ts';
import { type ReadBatch, readBatches } from './read-batches.ts';
import { type SentTuples, TupleSender } from './send-tuples.ts';

const CREDIT = 2;
/** Progress is told after so many bytes: a message costs as much as hashing some kilobytes. */
const TOLD_BYTES = 2 * 1024 * 1024;

export type ToThread =
  | {
      readonly kind: 'read';
      readonly file: SourceFile;
      readonly keep: boolean;
      readonly after?: LineStart | undefined;
      readonly holdsBack?: boolean | undefined;
    }
  | { readonly kind: 'taken' }
  | { readonly kind: 'stop' };

export type FromThread =
  | { readonly kind: 'batch'; readonly read: ReadBatch; readonly tuples: SentTuples | undefined }
  | { readonly kind: 'bytes'; readonly file: number; readonly bytes: number }
  | { readonly kind: 'end'; readonly file: number; readonly reading: FileReading };

assert(parentPort !== null, 'this module is a thread entry');
const port = parentPort;
const never = new AbortController().signal;

const tuples = new TupleSender();
let credit = CREDIT;
let onCredit: (() => void) | undefined;

port.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'read':
      void readFile(message);
      break;
    case 'taken':
      credit++;
      onCredit?.();
      break;
    case 'stop':
      // Ends by having nothing left to do: an exit by force while code still compiles has hung before.
      port.close();
  }
});

async function readFile({
  file,
  keep,
  after,
  holdsBack,
}: Extract<ToThread, { kind: 'read' }>): Promise<void> {
  let told = 0;
  let done = 0;
  const tellBytes = (): void => {
    told = done;
    send({ kind: 'bytes', file: file.index, bytes: done });
  };
  const batches = readBatches(file, {
    keep,
    after,
    holdsBack,
    signal: never,
    onBytes: (bytes) => {
      done = bytes;
      if (done >= told + TOLD_BYTES) tellBytes();
    },
  });
  for (;;) {
    const step = await batches.next();
    if (step.done) {
      tellBytes();
      return send({ kind: 'end', file: file.index, reading: step.value });
    }
    while (credit === 0) await new Promise<void>((resolve) => (onCredit = resolve));
    credit--;
    sendBatch(step.value);
  }
}

function send(message: FromThread, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, [...transfer]);
}

/** What is kept of a batch, and what was counted, change hands without a copy. */
function sendBatch({ count, batch }: ReadBatch): void {
  const sent = batch && tuples.send(batch.tuples);
  const read = { count, batch: batch && { ...batch, tuples: [] } };
  send({ kind: 'batch', read, tuples: sent }, [
    ...listRunBuffers(count),
    ...(batch ? listBuffers(batch) : []),
  ]);
}
