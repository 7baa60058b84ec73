import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Report } from '../../../src/contract/report.ts';
import { verifyPaths } from '../../../src/engine/engine.ts';
import { listLess } from '../../../src/engine/examine/tell-rules.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-rules-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** As the module writes them (samples/edge of spp_audit 19.0), but for the seqs. */
const CREATED = `{"type": "audit_config_change", "action": "rule_created", "rule_id": 2, "rule_name": "Línea \\"UI\\" rule", "model": "spp.cycle", "user_id": 8, "user_login": "audit_manager", "old_values": {}, "new_values": {"name": "Línea \\"UI\\" rule", "model": "spp.cycle", "is_log_create": true, "is_log_write": true, "is_log_unlink": true}, "seq": 1, "ts": "2024-01-15T10:30:45.134407+00:00", "node": "vm"}`;
const MODIFIED = `{"type": "audit_config_change", "action": "rule_modified", "rule_id": 2, "rule_name": "Cycle Rule", "model": "spp.cycle", "user_id": 8, "user_login": "audit_manager", "old_values": {"name": "Cycle Rule", "model": "spp.cycle", "is_log_create": true, "is_log_write": true, "is_log_unlink": true}, "new_values": {"name": "Cycle Rule", "model": "spp.cycle", "is_log_create": true, "is_log_write": false, "is_log_unlink": false}, "seq": 2, "ts": "2024-01-15T10:30:45.134528+00:00", "node": "vm"}`;
const DELETED = `{"type": "audit_config_change", "action": "rule_deleted", "rule_id": 2, "rule_name": "Cycle Rule", "model": "spp.cycle", "user_id": 8, "user_login": "audit_manager", "old_values": {"name": "Cycle Rule", "model": "spp.cycle", "is_log_create": true, "is_log_write": false, "is_log_unlink": false}, "new_values": {}, "seq": 3, "ts": "2024-01-15T10:30:45.134800+00:00", "node": "vm"}`;
/** The documented dialect; its values are in the names of our rules. */
const DOCUMENTED = `{"seq": 4, "ts": "2024-01-15T11:00:00.000001+00:00", "node": "vm", "model": "res.partner", "action": "rule_modified", "user_id": 8, "old_values": {"log": {"write": true, "enroll": true}, "active": true, "subscribedFields": []}, "new_values": {"log": {"write": true, "enroll": false}, "active": true, "subscribedFields": ["name"]}}`;

async function verify(...lines: string[]): Promise<Report> {
  writeFileSync(join(directory, 'audit-2024-01-15.jsonl'), lines.map((line) => `${line}\n`).join(''));
  return Report.parse(await verifyPaths([directory], { signal: new AbortController().signal }));
}

test('what a log reports of its rules is told in both dialects, and less than before is a finding', async () => {
  const { verdict, ruleChanges, findings } = await verify(CREATED, MODIFIED, DELETED, DOCUMENTED);
  expect(verdict).toBe('intact');
  expect(ruleChanges?.unread).toBe(0);
  expect(ruleChanges?.changes.map(({ change, model, seq, line }) => [change, model, seq, line])).toEqual([
    ['created', 'spp.cycle', 1, 1],
    ['modified', 'spp.cycle', 2, 2],
    ['deleted', 'spp.cycle', 3, 3],
    ['modified', 'res.partner', 4, 4],
  ]);
  expect(ruleChanges?.changes[0]).toMatchObject({
    ruleId: '2',
    ruleName: 'Línea "UI" rule',
    user: 'audit_manager',
    before: null,
    after: { log: { create: true, write: true, unlink: true } },
  });
  expect(findings.map(({ kind, line, evidence }) => [kind, line, evidence.map(({ code }) => code)])).toEqual([
    ['rule-weakened', 2, ['rule-of', 'rule-actions-off']],
    ['rule-weakened', 3, ['rule-of', 'rule-deleted']],
    ['rule-weakened', 4, ['rule-of', 'rule-actions-off', 'rule-fields-only']],
  ]);
});

test('a rule that is moved to another model is deleted there and created here', async () => {
  const { ruleChanges } = await verify(
    MODIFIED.replace(
      '"new_values": {"name": "Cycle Rule", "model": "spp.cycle"',
      '"new_values": {"model": "m"',
    ),
  );
  expect(ruleChanges?.changes.map(({ change, model }) => [change, model])).toEqual([
    ['deleted', 'spp.cycle'],
    ['created', 'm'],
  ]);
});

test('the same change twice is one, and one that is whole in a broken line is read', async () => {
  const { ruleChanges } = await verify(CREATED, CREATED, `{"type": "audit${MODIFIED}`);
  expect(ruleChanges).toMatchObject({ changes: [{ seq: 1 }, { seq: 2, line: 3 }], unread: 0 });
  expect(ruleChanges).not.toHaveProperty('unreadAt');
});

test('of a change that is torn, it is told when it was, and of which model where that is left', async () => {
  const torn = (end: string): string => DOCUMENTED.slice(0, DOCUMENTED.indexOf(end));
  const { ruleChanges, findings } = await verify(
    CREATED,
    torn('true, "enroll"'),
    torn(' "user_id"').replace('"model": "res.partner", ', '').replace('11:00', '12:00'),
  );
  expect(ruleChanges).toMatchObject({
    changes: [{ seq: 1 }],
    unread: 2,
    unreadAt: [
      { tsMicros: 1_705_316_400_000_001, model: 'res.partner' },
      { tsMicros: 1_705_320_000_000_001 },
    ],
  });
  expect(findings.some(({ kind }) => kind === 'rule-weakened')).toBe(false);
});

test('of an intent and its end one is told, and an intent without an end may have taken effect', async () => {
  const change = (seq: number, phase: string, intent = ''): string =>
    DOCUMENTED.replace('"seq": 4', `"seq": ${seq}`)
      .replace('11:00:00.000001', `11:00:0${seq}.000001`)
      .replace('"user_id": 8', `"user_id": 8, "type": "audit_config_change", "phase": "${phase}"${intent}`);
  const { ruleChanges } = await verify(
    change(1, 'intent'),
    change(2, 'outcome', ', "intent_seq": 1'),
    change(3, 'intent'),
    change(4, 'refused', ', "intent_seq": 3'),
    change(5, 'intent'),
    change(6, 'outcome').replace('rule_modified', 'setting_modified'),
  );
  expect(ruleChanges).toMatchObject({ changes: [{ seq: 2 }, { seq: 5 }], unread: 0 });
});

test('an action of another name, or values that make no sense, change no rule', async () => {
  const { ruleChanges, verdict } = await verify(
    DOCUMENTED.replace('rule_modified', 'rule_of_thumb'),
    DELETED.replace('create": true', 'create": NaN')
      .replace('write": false', 'write": "no"')
      .replace('unlink": false', 'unlink": null'),
  );
  expect(verdict).toBe('intact');
  expect(ruleChanges?.changes).toMatchObject([{ change: 'deleted', before: { log: {} }, after: null }]);
});

describe('less than before', () => {
  const all = { log: { write: true, create: true } };
  test.each([
    [all, all, []],
    [null, all, []],
    [all, null, ['rule-deleted']],
    [all, { ...all, active: false }, ['rule-inactive']],
    [{ ...all, active: false }, null, []],
    [all, { log: { write: false } }, ['rule-actions-off']],
    [{ ...all, fields: ['a', 'b'] }, { ...all, fields: ['b', 'c'] }, ['rule-fields-off']],
    [{ ...all, fields: ['a'] }, { ...all, fields: [] }, []],
    [{ ...all, fields: [] }, { ...all, fields: ['a'] }, ['rule-fields-only']],
  ])('%j, then %j', (before, after, codes) => {
    expect(listLess({ before, after }).map(({ code }) => code)).toEqual(codes);
  });
});
