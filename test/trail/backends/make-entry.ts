/** Entries for tests of backends, in the documented dialect. */
import type { RecordedEntry } from '../../../src/trail/backend.ts';

/** The last moment of this day, to which `micros` are added. */
const MIDNIGHT_MS = Date.UTC(2024, 0, 16);

/** An entry that happened so many microseconds after midnight of 16 January 2024 (before it, where negative). */
export function makeEntry(seq: number, micros = seq, newValues: object = { name: `n${seq}` }): RecordedEntry {
  const second = new Date(MIDNIGHT_MS + Math.floor(micros / 1e6) * 1000).toISOString().slice(0, 19);
  const fraction = ((micros % 1e6) + 1e6) % 1e6;
  const ts = `${second}${fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`}+00:00`;
  const line =
    `{"seq": ${seq}, "ts": "${ts}", "node": "host-1", "model": "res.partner", "res_id": ${seq}, "method": "write", ` +
    `"user_id": 2, "user_login": "admin", "old_values": {"name": "o"}, "new_values": ${JSON.stringify(newValues)}}`;
  return { node: 'host-1', ts, seq, model: 'res.partner', line };
}
