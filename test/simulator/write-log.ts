/** Writes a simulated log as real files of either dialect, one a UTC day, as the module would. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { formatTs } from '../../src/engine/base/timestamp.ts';
import { DAY_MICROS, type SimulatedLog } from './simulate-log.ts';

const MODELS = ['res.partner', 'spp.program', 'spp.program.membership', 'spp.cycle', 'spp.entitlement'];
const NAMES = ['Nguyễn Thị', 'José Ñuñez', 'محمد', 'Amina', 'Ó Briain'];
const FLUSH_LINES = 20_000;

/** Writes all entries below `directory`; `isKept` leaves some out. */
export async function writeLog(
  log: SimulatedLog,
  directory: string,
  dialect: 'observed' | 'documented',
  isKept: (row: number) => boolean = () => true,
): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const files = new Map<number, { stream: ReturnType<typeof createWriteStream>; lines: string[] }>();
  const lastDay = Math.floor(
    log.tsMicros.subarray(0, log.count).reduce((a, b) => Math.max(a, b), 0) / DAY_MICROS,
  );
  for (let row = 0; row < log.count; row++) {
    if (!isKept(row)) continue;
    const day = Math.floor((log.tsMicros[row] ?? 0) / DAY_MICROS);
    let file = files.get(day);
    if (!file) {
      const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
      const rotated = day === lastDay ? 'audit.jsonl' : `audit.jsonl.${date}`;
      const name = dialect === 'observed' ? `audit-${date}.jsonl` : rotated;
      file = { stream: createWriteStream(join(directory, name)), lines: [] };
      files.set(day, file);
    }
    file.lines.push(dialect === 'observed' ? observe(log, row) : document(log, row));
    if (file.lines.length >= FLUSH_LINES) {
      file.stream.write(`${file.lines.join('\n')}\n`);
      file.lines = [];
    }
  }
  for (const { stream, lines } of files.values()) {
    stream.end(lines.length > 0 ? `${lines.join('\n')}\n` : '');
    await finished(stream);
  }
}

function describe(log: SimulatedLog, row: number) {
  const user = log.user[row] ?? 0;
  const record = log.record[row] ?? 0;
  const name = NAMES[record % NAMES.length] ?? '';
  return {
    seq: log.seq[row] ?? 0,
    ts: formatTs(log.tsMicros[row] ?? 0),
    node: log.nodeNames[log.node[row] ?? 0] ?? '',
    model: MODELS[record % MODELS.length] ?? '',
    record,
    user,
    login: `user${user}@example.org`,
    old: `{"name": "${name}", "state": "draft", "n": ${row}}`,
    new: `{"name": "${name}", "state": "approved", "n": ${row + 1}}`,
  };
}

function observe(log: SimulatedLog, row: number): string {
  const e = describe(log, row);
  return `{"rule_name": "Registry Rule", "model": "${e.model}", "res_id": ${e.record}, "method": "write", "user_id": ${e.user}, "user_login": "${e.login}", "data": {"old": ${e.old}, "new": ${e.new}}, "seq": ${e.seq}, "ts": "${e.ts}", "node": "${e.node}"}`;
}

function document(log: SimulatedLog, row: number): string {
  const e = describe(log, row);
  return `{"seq": ${e.seq}, "ts": "${e.ts}", "node": "${e.node}", "model": "${e.model}", "res_id": ${e.record}, "method": "write", "user_id": ${e.user}, "user_login": "${e.login}", "old_values": ${e.old}, "new_values": ${e.new}}`;
}
