/** A process that queues entries for HTTP, says `queued`, and goes on until it is killed: `URL FOLDER COUNT ROOM`. */
import { openHttpBackend } from '../../../src/trail/backends/http-backend.ts';
import { makeEntry } from './make-entry.ts';

const [url = '', stateFolder = '', count = '0', room = '0'] = process.argv.slice(2);
const backend = openHttpBackend({ url, stateFolder, maxEntries: Number(room) });
const seqs = Array.from({ length: Number(count) }, (_, i) => i + 1);
// What finds no room is refused.
await Promise.allSettled(seqs.map((seq) => backend.write(makeEntry(seq))));
process.stdout.write('queued\n');
setInterval(() => {}, 60_000);
