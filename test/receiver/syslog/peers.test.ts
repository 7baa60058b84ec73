/** Real senders: logger, rsyslog over every transport, loggen. What they send arrives with its process and its bytes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { SpoolLine } from '../../../src/contract/spool.ts';
import { verifyPaths } from '../../../src/engine/engine.ts';
import { makeEntry, readSpool, runReceiver, type TestReceiver } from '../running-receiver.ts';
import {
  findFreePort,
  hasLoggen,
  hasLogger,
  hasRelp,
  hasRsyslog,
  type Rsyslog,
  runLoggen,
  runProgram,
  startRsyslog,
} from './real-peers.ts';

let receiver: TestReceiver | undefined;
let rsyslog: Rsyslog | undefined;
afterEach(async () => {
  await rsyslog?.stop();
  await receiver?.close();
  rsyslog = undefined;
  receiver = undefined;
});

const seqs = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
const bigEntry = makeEntry(9999, 'é'.repeat(10_000));

async function receive(way: 'udp' | 'tcp' | 'relp', port = 0): Promise<number> {
  receiver = await runReceiver({}, {}, {}, { [way]: `127.0.0.1:${port}` });
  return receiver.portOf(way === 'relp' ? way : `syslog-${way}`);
}

function readLines(): SpoolLine[] {
  return (receiver && readSpool(receiver.data).get('relay')) ?? [];
}

const readPayloads = (): string[] => readLines().map(({ payload }) => payload ?? '');

const WAIT = { timeout: 100_000, interval: 100 };
/** Peers are processes of others, with pauses of their own before they try again: on a busy machine they take long. */
const PATIENT = { timeout: 120_000, retry: 1 };

describe.skipIf(!hasLogger)('logger', PATIENT, () => {
  test.each([
    ['udp', ['--udp', '--rfc3164']],
    ['udp', ['--udp', '--rfc5424']],
    ['tcp', ['--tcp', '--rfc3164']],
    ['tcp', ['--tcp', '--rfc5424']],
    ['tcp', ['--tcp', '--rfc5424', '--octet-count']],
    ['tcp', ['--tcp', '--rfc3164', '--octet-count']],
  ] as const)('over %s with %j', async (way, options) => {
    const port = await receive(way);
    for (const seq of [1, 2, 3]) {
      await runProgram('logger', [
        ...['--server', '127.0.0.1', '--port', String(port), ...options],
        ...['--size', '64k', '--tag', 'openspp-audit', '--id=4711', '--', makeEntry(seq)],
      ]);
    }
    await expect.poll(readPayloads).toEqual([1, 2, 3].map((seq) => makeEntry(seq)));
    for (const { envelope } of readLines()) expect(envelope).toMatch(/openspp-audit(\[4711\]:| 4711 )/);
  });
});

describe.skipIf(!hasRsyslog || !hasLogger)('rsyslog', PATIENT, () => {
  const forward = (port: number, more: string): string =>
    `action(type="omfwd" target="127.0.0.1" port="${port}" ${more})`;
  const old = 'template="RSYSLOG_TraditionalForwardFormat"';
  const modern = 'template="RSYSLOG_SyslogProtocol23Format"';

  test.each([
    ['udp', `protocol="udp" ${old}`],
    ['udp', `protocol="udp" ${modern}`],
    ['tcp', `protocol="tcp" ${old}`],
    ['tcp', `protocol="tcp" ${modern} TCP_Framing="octet-counted"`],
    ['tcp', `protocol="tcp" template="RSYSLOG_ForwardFormat" TCP_Framing="octet-counted"`],
  ] as const)('omfwd over %s: %s', async (way, more) => {
    const port = await receive(way);
    rsyslog = await startRsyslog(forward(port, more));
    // What the kernel's buffer holds of datagrams, whoever is not given the processor meanwhile.
    const expected = [...seqs(way === 'udp' ? 50 : 200).map((seq) => makeEntry(seq)), bigEntry];
    await rsyslog.log(expected, 4711);
    await expect.poll(() => readPayloads().length, WAIT).toBe(expected.length);
    expect(readPayloads().sort()).toEqual(expected.sort());
    for (const { envelope } of readLines()) expect(envelope).toMatch(/openspp-audit(\[4711\]:| 4711 )/);
  });

  test('one that cuts messages: what is left is told as malformed', async () => {
    const port = await receive('tcp');
    rsyslog = await startRsyslog(
      `template(name="short" type="string" string="<%pri%>%timestamp% %hostname% %syslogtag%%msg:1:200%\\n")
${forward(port, 'protocol="tcp" template="short"')}`,
    );
    await rsyslog.log([makeEntry(1)]);
    await expect.poll(readPayloads, WAIT).toEqual([makeEntry(1).slice(0, 199)]);
    const report = await verifyPaths([join(receiver?.data ?? '', 'spool')], {
      signal: new AbortController().signal,
    });
    expect(report.findings.map(({ kind, cause }) => [kind, cause?.code])).toEqual([
      ['malformed', 'truncated'],
    ]);
  });

  // The README's queue, which goes to disk at 900 messages. With watermarks of 50 and 10 rsyslog 8.2302 stands still now and
  // then: its threads wait for each other, with our answers unread and part of its queue on disk.
  const relp = (port: number): string =>
    `action(type="omrelp" target="127.0.0.1" port="${port}" ${modern} action.resumeRetryCount="-1" ` +
    'action.resumeInterval="1" queue.type="LinkedList" queue.filename="waiting" queue.maxDiskSpace="1g" ' +
    'queue.saveOnShutdown="on")';

  test.skipIf(!hasRelp)('omrelp: all arrive, each once', async () => {
    const port = await receive('relp');
    rsyslog = await startRsyslog(relp(port));
    await rsyslog.log([...seqs(500).map((seq) => makeEntry(seq)), bigEntry]);
    await expect.poll(() => readPayloads().length, WAIT).toBe(501);
    expect(new Set(readPayloads())).toEqual(new Set([...seqs(500).map((seq) => makeEntry(seq)), bigEntry]));
  });

  test.skipIf(!hasRelp)(
    'omrelp with a queue on disk: what came while nobody received arrives afterwards',
    async () => {
      const port = await findFreePort();
      rsyslog = await startRsyslog(relp(port));
      await rsyslog.log(seqs(2000).map((seq) => makeEntry(seq)));
      await receive('relp', port);
      await expect.poll(() => readPayloads().length, WAIT).toBe(2000);
      // And again across a restart.
      await receiver?.restart();
      await rsyslog.log(seqs(300).map((seq) => makeEntry(seq + 2000)));
      await expect.poll(() => readPayloads().length, WAIT).toBe(2300);
      expect(new Set(readPayloads())).toEqual(new Set(seqs(2300).map((seq) => makeEntry(seq))));
    },
  );
});

describe.skipIf(!hasLoggen)('loggen', PATIENT, () => {
  test.each([
    ['udp', ['--dgram']],
    ['tcp', ['--stream']],
    ['tcp', ['--stream', '--syslog-proto']],
  ] as const)('over %s with %j', async (way, options) => {
    const port = await receive(way);
    const folder = mkdtempSync(join(tmpdir(), 'unbroken-loggen-'));
    const file = join(folder, 'messages');
    const texts = seqs(300).map((seq) => `<134>1 - vm openspp-audit 7 - - ${makeEntry(seq)}`);
    writeFileSync(file, `${texts.join('\n')}\n`);
    await runLoggen([
      ...['--inet', ...options, '--rate', '1000', '--dont-parse', '--read-file', file, '--quiet'],
      ...['--number', '300', '127.0.0.1', String(port)],
    ]);
    rmSync(folder, { recursive: true });
    await expect.poll(() => readPayloads().length, WAIT).toBe(300);
    expect(readPayloads().sort()).toEqual(
      seqs(300)
        .map((seq) => makeEntry(seq))
        .sort(),
    );
  });
});
