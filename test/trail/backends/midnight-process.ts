/** A process that writes entries from before midnight till after it: `PATH INDEX COUNT`. */
import { openFileBackend } from '../../../src/trail/backends/file-backend.ts';
import { makeEntry } from './make-entry.ts';

const [path = '', index = '0', count = '0'] = process.argv.slice(2);
const backend = openFileBackend({ path });
for (let seq = 1; seq <= Number(count); seq++) {
  const micros = (seq - Number(count) / 2) * 1000 + Number(index);
  await backend.write(makeEntry(seq, micros));
}
await backend.close(10_000);
