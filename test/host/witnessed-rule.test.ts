/** A rule that is switched off, with file, syslog and an endpoint as real witnesses of the app's own trail. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient } from '../../src/contract/client.ts';
import { LoggedAction, type Rule } from '../../src/contract/rule.ts';
import { verifyPaths } from '../../src/engine/engine.ts';
import { createHost } from '../../src/host/dispatch.ts';
import { makeHostOptions } from './host-options.ts';

type Entry = Record<string, unknown>;

let directory = '';
const closing: (() => unknown)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-witness-'));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(directory, { recursive: true, force: true });
});

const isOfRule = ({ action }: Entry): boolean => /^rule_/.test(String(action));
const tell = (entries: Entry[]): unknown[] =>
  entries.filter(isOfRule).map(({ action, phase }) => [action, phase]);

async function listenForSyslog() {
  const entries: Entry[] = [];
  const socket = createSocket('udp4', (message) => {
    const text = message.toString();
    entries.push(JSON.parse(text.slice(text.indexOf('{'))));
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closing.push(() => socket.close());
  return { port: socket.address().port, entries };
}

/** An endpoint that answers at once, or when it is told to. */
async function listenForPosts() {
  const entries: Entry[] = [];
  const held: ServerResponse[] = [];
  const endpoint = { url: '', entries, holds: false, release: () => {} };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    entries.push(JSON.parse(Buffer.concat(chunks).toString()));
    if (endpoint.holds) held.push(response);
    else response.end();
  });
  endpoint.release = () => {
    endpoint.holds = false;
    for (const response of held.splice(0)) response.end();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  endpoint.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ingest`;
  return endpoint;
}

test('it is in the file, at syslog and at the endpoint before it takes effect', async () => {
  const syslog = await listenForSyslog();
  const posts = await listenForPosts();
  const faults: unknown[] = [];
  const host = createHost({
    ...makeHostOptions(directory, (error) => faults.push(error)),
    environment: {
      UNBROKEN_AUDIT_BACKEND_SYSLOG: 'true',
      UNBROKEN_AUDIT_SYSLOG_HOST: '127.0.0.1',
      UNBROKEN_AUDIT_SYSLOG_PORT: String(syslog.port),
      UNBROKEN_AUDIT_BACKEND_HTTP: 'true',
      UNBROKEN_AUDIT_HTTP_URL: posts.url,
    },
  });
  closing.unshift(() => host.close());
  const client = createClient({ call: host.call, on: () => () => {} });
  const file = join(directory, 'data', 'audit', 'audit.jsonl');
  const readFile = (): Entry[] =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const readKept = () => JSON.parse(readFileSync(join(directory, 'data', 'rules.json'), 'utf8')).rules;

  const log = Object.fromEntries(LoggedAction.options.map((action) => [action, true])) as Rule['log'];
  const on: Rule = {
    ...{ name: 'Partners', model: 'res.partner', active: true, log },
    ...{ subscribedFields: [], postToChatter: false },
  };
  const off = { ...on, active: false };
  expect(await client.call('rules.save', { rule: on, isNew: true })).toMatchObject({
    value: { rules: [on], witnesses: ['file', 'syslog', 'http'] },
  });

  posts.holds = true;
  const saving = client.call('rules.save', { rule: off, isNew: false });
  const soFar = [
    ['rule_created', 'intent'],
    ['rule_created', 'outcome'],
    ['rule_modified', 'intent'],
  ];
  await expect.poll(() => tell(posts.entries)).toEqual(soFar);
  await expect.poll(() => tell(syslog.entries)).toEqual(soFar);
  await expect.poll(() => tell(readFile())).toEqual(soFar);
  // All have it; that the endpoint said so has not been heard, and the rule is as it was.
  expect(await client.call('rules.list', {})).toMatchObject({ value: { rules: [on] } });
  expect(readKept()).toEqual([on]);

  posts.release();
  expect(await saving).toMatchObject({ ok: true, value: { rules: [off] } });
  expect(readKept()).toEqual([off]);
  const all = [...soFar, ['rule_modified', 'outcome']];
  for (const entries of [() => posts.entries, () => syslog.entries, readFile])
    await expect.poll(() => tell(entries())).toEqual(all);
  const [, , intent, outcome] = readFile().filter(isOfRule);
  expect(intent).toMatchObject({
    ...{ model: 'res.partner', type: 'audit_config_change', rule_name: 'Partners' },
    old_values: on,
    new_values: off,
  });
  expect(outcome).toMatchObject({ intent_seq: intent?.['seq'], witnesses: ['file', 'syslog', 'http'] });
  expect(faults).toEqual([]);

  await host.close();
  const { signal } = new AbortController();
  expect(await verifyPaths([file], { signal })).toMatchObject({
    verdict: 'intact',
    findings: [{ kind: 'rule-weakened' }],
  });
});
