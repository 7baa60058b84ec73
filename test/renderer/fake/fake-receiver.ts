/** A receiver on a screen: what is asked of it happens at once, and nothing is received but what is told here. */
import type { Calls } from '../../../src/contract/api.ts';
import { ReceiverChoice, type ReceiverView, type SenderView } from '../../../src/contract/receiver-calls.ts';
import type { ReceiverState, ReceiverStatus } from '../../../src/contract/receiver-status.ts';

type Names = Extract<keyof Calls, `receiver.${string}` | `senders.${string}` | 'entries.receipt'>;
type Handlers = { [N in Names]: (input: Calls[N]['input']) => Calls[N]['output'] };

const at = (second: number): string => new Date(Date.UTC(2026, 2, 2, 8, 0, second)).toISOString();
const VALUE = 'Bearer QmFzZTY0IGlzIGhhcmQgdG8gcmVhZCBhbG91ZC4';

const status: ReceiverStatus = {
  at: at(299),
  received: [
    {
      ...{ sender: 'openspp-1', transport: 'https', entries: 18_240, again: 2, malformed: 1 },
      ...{ bytes: 9_120_400, lastAt: at(299) },
    },
    {
      ...{ sender: 'relay', transport: 'syslog-udp', entries: 18_237, again: 0, malformed: 0 },
      ...{ bytes: 9_118_000, lastAt: at(298) },
    },
  ],
  refused: [
    { reason: 'unauthorized', count: 12 },
    { reason: 'unknown-address', count: 3 },
  ],
  lost: [{ reason: 'kernel', transport: 'syslog-udp', count: 7 }],
  perSecond: 41.2,
  waitingBytes: 0,
  freeBytes: 81_000_000_000,
  recent: Array.from({ length: 8 }, (_, i) => ({
    id: `openspp-1.2026-03-02.${18_240 - i}`,
    sender: i % 2 === 0 ? 'openspp-1' : 'relay',
    transport: i % 2 === 0 ? ('https' as const) : ('syslog-udp' as const),
    receivedAt: at(299 - i),
    bytes: 498 + 37 * i,
    result: i === 3 ? ('malformed' as const) : ('kept' as const),
    ...(i === 3 ? {} : { model: 'spp.entitlement', method: 'write', seq: String(9120 - i) }),
  })),
};

export function tellFakeReceiver(tell: (name: string, payload: unknown) => void): Handlers {
  let choice = ReceiverChoice.parse({
    settings: { http: { address: '0.0.0.0:8443', tls: true }, syslog: { udp: '0.0.0.0:5514' } },
  });
  let state: ReceiverState = { state: 'stopped', since: at(0), listeners: [] };
  let senders: SenderView[] = [
    { name: 'openspp-1', by: 'value', allow: [], createdAt: at(0) },
    { name: 'relay', by: 'address', allow: ['10.0.0.0/24'], createdAt: at(0) },
    { name: 'old-server', by: 'value', allow: [], createdAt: at(0), revokedAt: at(9) },
  ];
  const view = (): ReceiverView => {
    const isRunning = state.state === 'running';
    return {
      state,
      status: isRunning ? status : null,
      rates: isRunning
        ? Array.from({ length: 300 }, (_, i) => ({
            at: at(i),
            perSecond: 40 + 25 * Math.sin(i / 20) + (i % 7),
            refused: i % 60 === 30 ? 5 : 0,
          }))
        : [],
      notices: isRunning
        ? [{ at: at(12), text: 'the system threw away 7 datagrams before they could be read' }]
        : [],
      data: '/data/unbroken/received',
      spool: isRunning ? '/data/unbroken/received/spool' : null,
      host: 'audit-desk',
      paths: ['/ingest', '/api/v1/ingest'],
      fixed: false,
    };
  };
  const become = (next: ReceiverState): ReceiverView => {
    state = next;
    const { state: told, status: figures, spool } = view();
    tell('receiver.changed', { state: told, status: figures, spool });
    return view();
  };
  return {
    'receiver.status': view,
    'receiver.start': () =>
      become({
        ...{ state: 'running', since: at(0) },
        listeners: [
          { transport: 'https', address: '0.0.0.0:8443' },
          { transport: 'syslog-udp', address: '0.0.0.0:5514' },
        ],
        tls: {
          fingerprint: '3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed',
          caFile: '/data/unbroken/received/receiver/tls/ca.pem',
        },
      }),
    'receiver.stop': () => become({ state: 'stopped', since: at(299), listeners: [] }),
    'receiver.settings': () => choice,
    'receiver.configure': (asked) => {
      choice = asked;
      return choice;
    },
    'receiver.selfTest': () => ({
      ways: [
        {
          ...{ transport: 'https', address: '0.0.0.0:8443' },
          steps: { sent: 3.1, acknowledged: 9.4, onDisk: 9.9, read: 61.2 },
        },
        {
          ...{ transport: 'syslog-udp', address: '0.0.0.0:5514', steps: { sent: 1.2 } },
          ...{ failed: 'not-on-disk' },
        },
      ],
    }),
    'entries.receipt': () => null,
    'senders.list': () => ({ senders }),
    'senders.add': ({ name, allow = [] }) => {
      const by = allow.length > 0 ? 'address' : 'value';
      senders = [...senders, { name, by, allow, createdAt: at(299) }];
      return { value: by === 'value' ? VALUE : null };
    },
    'senders.rotate': () => ({ value: VALUE }),
    'senders.revoke': ({ name }) => {
      senders = senders.map((one) => (one.name === name ? { ...one, revokedAt: at(299) } : one));
      return {};
    },
  };
}
