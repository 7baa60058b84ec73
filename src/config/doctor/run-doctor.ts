/**
 * The README's troubleshooting, done by the machine: each check says what it found. Nothing is written, and nothing is
 * sent but the opening of a connection, unless a test entry is asked for.
 *
 * Not seen from here: whether whoever writes the trail runs under another account, on another host, or with another
 * environment than this process; what a UDP receiver makes of what it gets.
 */
import { hostname } from 'node:os';
import type { DoctorReport, DoctorResult } from '../../contract/doctor.ts';
import type { Rule } from '../../contract/rule.ts';
import type { SettingsOwner } from '../../contract/setting.ts';
import type { Settings } from '../resolve-settings.ts';
import { checkDatabase } from './check-database.ts';
import { checkFile } from './check-file.ts';
import { checkHttp } from './check-http.ts';
import { checkMandatory, checkRules } from './check-rules.ts';
import { checkSyslog } from './check-syslog.ts';
import { type Sound, tell } from './tell.ts';

export interface DoctorOptions {
  readonly owner: SettingsOwner;
  readonly settings: Settings;
  readonly sendTestEntry: boolean;
  /** The rules in force; undefined where they are not known here, `unreadable` where they are kept and damaged. */
  readonly rules?: readonly Pick<Rule, 'model' | 'active' | 'log'>[] | 'unreadable' | undefined;
  /** Models that are known to be there; undefined where none is known. */
  readonly models?: ReadonlySet<string> | undefined;
}

export async function runDoctor(options: DoctorOptions): Promise<DoctorReport> {
  const { owner, settings, sendTestEntry, rules, models } = options;
  const values = Object.fromEntries(
    Object.values(settings.settings).flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]])),
  ) as Sound;
  const testEntry = sendTestEntry ? makeTestEntry(values.node || hostname()) : undefined;
  const [database, file, http, syslog] = await Promise.all([
    checkDatabase(values),
    checkFile(values),
    checkHttp(values, testEntry),
    checkSyslog(values, testEntry),
  ]);
  return {
    owner,
    at: new Date().toISOString(),
    sentTestEntry: sendTestEntry,
    results: [
      checkSettings(settings),
      checkBackends(values),
      ...database,
      ...file,
      ...http,
      ...syslog,
      ...checkRules(owner, rules, models),
      checkMandatory(values.mandatory_models, models),
    ],
  };
}

/** Whether what was found is a failure: what a command exits by. */
export function hasFailed({ results }: DoctorReport): boolean {
  return results.some(({ state }) => state === 'bad');
}

function checkSettings({ settings, strays, fileProblems }: Settings): DoctorResult {
  const wrong = Object.values(settings).flatMap(({ errors }) => errors.map(({ name }) => name));
  const lines = fileProblems.map(({ line }) => line);
  if (wrong.length > 0) return tell('settings', 'bad', 'settings-bad', { names: wrong.join(', ') });
  const strange = [
    ...strays.flatMap(({ why, name }) => (why === 'unknown' ? [name] : [])),
    ...lines.map((line) => `odoo.conf:${line}`),
  ];
  return strange.length > 0
    ? tell('settings', 'warning', 'settings-stray', { names: strange.join(', ') })
    : tell('settings', 'good', 'settings-sound');
}

function checkBackends(values: Sound): DoctorResult {
  const outside = (['backend_file', 'backend_syslog', 'backend_http'] as const).filter((key) => values[key]);
  const names = [...(values.backend_db ? ['backend_db'] : []), ...outside].join(', ');
  if (names === '') return tell('backends', 'bad', 'backends-none');
  return outside.length === 0
    ? tell('backends', 'warning', 'backends-database-only')
    : tell('backends', 'good', 'backends-on', { names });
}

/** A name of its own, so that no stream of a real node is disturbed. */
const TEST_NODE = 'unbroken-doctor';

/** An entry in the documented dialect, ASCII alone, that says of itself that it is a test. */
function makeTestEntry(node: string): string {
  return JSON.stringify({
    seq: 1,
    ts: new Date().toISOString().replace('Z', '000+00:00'),
    node: TEST_NODE,
    model: 'unbroken.doctor',
    res_id: null,
    action: 'test',
    user_id: null,
    test: true,
    sent_from: node,
  }).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
