/** Entry of a search thread: looks into segments' content as it is told, one after another, with a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../base/assert.ts';
import { openSearcher, type SegmentHead, type TextFilter } from '../store/open-store.ts';

export interface SearchThreadData {
  readonly file: string;
  readonly nativeBinding: string | undefined;
}

/** `find` is answered with rows, `filter` with bits; what fails is answered with an error's text. */
export type ToSearchThread =
  | { readonly kind: 'find'; readonly segment: SegmentHead; readonly text: TextFilter }
  | { readonly kind: 'filter'; readonly segment: SegmentHead }
  | { readonly kind: 'stop' };

export type FromSearchThread =
  | { readonly kind: 'rows'; readonly rows: Uint32Array }
  | { readonly kind: 'bits'; readonly bits: Uint8Array }
  | { readonly kind: 'failed'; readonly message: string };

assert(parentPort !== null, 'this module is a thread entry');
const port = parentPort;
const { file, nativeBinding } = workerData as SearchThreadData;
const searcher = openSearcher(file, nativeBinding);

port.on('message', (message: ToSearchThread) => {
  if (message.kind === 'stop') {
    searcher.close();
    // Ends by having nothing left to do: an exit by force while code still compiles has hung before.
    port.close();
    return;
  }
  port.postMessage(answer(message) satisfies FromSearchThread);
});

function answer(message: Exclude<ToSearchThread, { kind: 'stop' }>): FromSearchThread {
  try {
    return message.kind === 'find'
      ? { kind: 'rows', rows: searcher.find(message.segment, message.text) }
      : { kind: 'bits', bits: searcher.makeFilter(message.segment) };
  } catch (error) {
    return { kind: 'failed', message: String(error) };
  }
}
