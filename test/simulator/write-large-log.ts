/**
 * Writes a log of any size in one pass with little memory, for measuring: four nodes of six processes, a file a UTC day,
 * values as diverse as a registry's, a few entries missing. The same options give the same bytes.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { formatTs } from '../../src/engine/base/timestamp.ts';
import { createRandom, type Random } from './random.ts';
import { DAY_MICROS } from './simulate-log.ts';

export interface LargeLogOptions {
  readonly entries: number;
  readonly dialect: 'observed' | 'documented';
  readonly seed: number;
  readonly days: number;
  /** When the first day begins, in microseconds since the epoch; a UTC midnight. */
  readonly startMicros?: number;
}

interface Process {
  seq: number;
  left: number;
}

const NODES = 4;
const PROCESSES = 6;
const FORK_BASE = 3;
/** Mean entries of a process before it is recycled, as a busy worker's. */
const LIFE = 20_000;
/** One entry in so many is left out. */
const LOSS = 400_000;
const FLUSH_LINES = 4000;
const START = Date.parse('2025-01-01T00:00:00Z') * 1000;

const PARTNERS = [
  'Nguyễn Thị Hoa',
  'José Ñuñez',
  'محمد علي',
  'Amina Yusuf',
  'Ó Briain',
  'Li \\"Leo\\" Xiao',
  'Anna',
];
const NOTES = [
  '',
  'household visited, documents complete',
  'phone unreachable; try again',
  'bank account changed',
];
const STATES = ['draft', 'submitted', 'approved', 'paused', 'exited'];

/** What an entry of a model holds, as JSON text; `at` counts entries, so that numbers do not repeat. */
const VALUES: readonly (readonly [model: string, write: (random: Random, at: number) => string])[] = [
  [
    'res.partner',
    (r, at) =>
      `{"name": "${r.pick(PARTNERS)}", "phone": ${r.chance(0.4) ? 'false' : `"+2557${10_000_000 + (at % 89_999_999)}"`}, "area_id": ${r.int(90)}}`,
  ],
  ['res.partner', (r) => `{"comment": "${r.pick(NOTES)}"}`],
  ['spp.program', (r) => `{"eligible_beneficiaries_count": ${r.int(9000)}}`],
  ['spp.program.membership', (r, at) => `{"state": "${r.pick(STATES)}", "partner_id": ${1 + (at % 90_000)}}`],
  ['spp.cycle', (r) => `{"name": "Cycle ${r.int(40)}", "end_date": "2025-03-0${1 + r.int(9)}"}`],
  ['spp.entitlement', (r, at) => `{"code": "E-${at.toString(36).toUpperCase()}", "amount": ${r.int(300)}.0}`],
  [
    'spp.payment',
    (r, at) =>
      `{"account": "TZ${1e12 + at * 7919}", "status": "${r.chance(0.02) ? 'failed' : 'paid'}", "fee": ${r.int(900) / 100}}`,
  ],
  ['spp.group.membership', (r) => `{"kind": [${r.int(5)}, ${5 + r.int(5)}], "ended_date": false}`],
];
const METHODS = ['write', 'write', 'write', 'create', 'unlink', 'approve'];

/** Writes the files below `directory`; answers their paths, oldest first. */
export function writeLargeLog(directory: string, options: LargeLogOptions): string[] {
  mkdirSync(directory, { recursive: true });
  const random = createRandom(options.seed);
  const nodes = Array.from({ length: NODES }, () =>
    Array.from({ length: PROCESSES }, (): Process => ({ seq: FORK_BASE, left: LIFE })),
  );
  const start = options.startMicros ?? START;
  const line = options.dialect === 'observed' ? observe : document;
  const paths: string[] = [];
  const perDay = Math.ceil(options.entries / options.days);
  for (let day = 0, at = 0; day < options.days; day++) {
    const date = new Date((start + day * DAY_MICROS) / 1000).toISOString().slice(0, 10);
    const rotated = day === options.days - 1 ? 'audit.jsonl' : `audit.jsonl.${date}`;
    const path = join(directory, options.dialect === 'observed' ? `audit-${date}.jsonl` : rotated);
    paths.push(path);
    const file = openSync(path, 'w');
    let lines: string[] = [];
    const stepMicros = Math.floor(DAY_MICROS / perDay);
    for (let i = 0; i < perDay && at < options.entries; i++, at++) {
      const ts = start + day * DAY_MICROS + i * stepMicros + random.int(stepMicros);
      const node = random.int(NODES);
      const process = random.pick(nodes[node]!);
      if (process.left <= 0) {
        process.seq = FORK_BASE;
        process.left = Math.ceil(random.exponential(LIFE));
      }
      process.seq++;
      process.left--;
      if (at % LOSS === LOSS / 2) continue;
      lines.push(line(random, at, process.seq, ts, `odoo-web-${node + 1}`));
      if (lines.length === FLUSH_LINES) {
        writeSync(file, `${lines.join('\n')}\n`);
        lines = [];
      }
    }
    writeSync(file, lines.length > 0 ? `${lines.join('\n')}\n` : '');
    closeSync(file);
  }
  return paths;
}

function observe(random: Random, at: number, seq: number, ts: number, node: string): string {
  const [model, write] = random.pick(VALUES);
  const user = 2 + random.int(40);
  const method = random.pick(METHODS);
  const old = method === 'create' ? '{}' : write(random, at);
  const now = method === 'unlink' ? '{}' : write(random, at);
  return `{"rule_name": "Rule ${model}", "model": "${model}", "res_id": ${1 + random.int(200_000)}, "method": "${method}", "user_id": ${user}, "user_login": "user${user}@example.org", "data": {"old": ${old}, "new": ${now}}, "seq": ${seq}, "ts": "${formatTs(ts)}", "node": "${node}"}`;
}

function document(random: Random, at: number, seq: number, ts: number, node: string): string {
  const [model, write] = random.pick(VALUES);
  const user = 2 + random.int(40);
  const method = random.pick(METHODS);
  const old = method === 'create' ? '' : `, "old_values": ${write(random, at)}`;
  const now = method === 'unlink' ? '' : `, "new_values": ${write(random, at)}`;
  return `{"seq": ${seq}, "ts": "${formatTs(ts)}", "node": "${node}", "model": "${model}", "res_id": ${1 + random.int(200_000)}, "${method === 'approve' ? 'action' : 'method'}": "${method}", "user_id": ${user}, "user_login": "user${user}@example.org"${old}${now}}`;
}
