/** A process that queues entries for HTTP, says `queued`, and goes on until it is killed: `URL FOLDER COUNT`. */
import { openHttpBackend } from '../../../src/trail/backends/http-backend.ts';
import { makeEntry } from './make-entry.ts';

const [url = '', stateFolder = '', count = '0'] = process.argv.slice(2);
const backend = openHttpBackend({ url, stateFolder });
const seqs = Array.from({ length: Number(count) }, (_, i) => i + 1);
await Promise.all(seqs.map((seq) => backend.write(makeEntry(seq))));
process.stdout.write('queued\n');
setInterval(() => {}, 60_000);
