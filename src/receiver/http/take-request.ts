/** A request of one who may send: its entries go to the spool, and what became of them is the answer. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpSettings } from '../../contract/receiver.ts';
import type { Metrics } from '../metrics.ts';
import { type Outcome, type Receipt, Refusal, type RefusalCode } from '../spool/outcomes.ts';
import type { Spool } from '../spool/spool.ts';
import type { Origin } from '../spool/spool-line.ts';
import { decompressBody } from './decompress-body.ts';
import { readBody } from './read-body.ts';
import { splitBody } from './split-body.ts';

export interface TakeOptions {
  readonly settings: HttpSettings;
  readonly spool: Pick<Spool, 'append'>;
  readonly metrics: Metrics;
  /** Whether it is being stopped: then a connection is not kept behind its answer. */
  readonly isClosing: () => boolean;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Lines of JSON, one for each entry. */
  readonly isBatch?: boolean;
  /** Nothing more is read from this connection. */
  readonly isLast?: boolean;
}

type ToldOutcome =
  | ({ readonly status: 200 | 422 } & Receipt)
  | { readonly status: 503; readonly error: RefusalCode };

/** When it is worth sending again what was not kept. */
export const RETRY_SECONDS = 2;

/** Reads the body and answers; resolves when that is done. A sender that has gone meanwhile gets no answer. */
export async function takeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  from: Omit<Origin, 'peer' | 'batch'>,
  options: TakeOptions,
): Promise<void> {
  const body = await readBody(request, options.settings.maxBodyBytes);
  if (!body) return;
  const answer: Answer =
    body === 'too-large'
      ? { ...refuse(options.metrics, 413, 'body-too-large'), isLast: true }
      : await keepBody(body, request, from, options);
  const { status, text, isBatch, isLast } = answer;
  if (status === 503) response.setHeader('retry-after', RETRY_SECONDS);
  if (isLast || options.isClosing()) response.setHeader('connection', 'close');
  response.writeHead(status, {
    'content-type': isBatch ? 'application/x-ndjson' : 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

async function keepBody(
  encoded: Buffer,
  { headers, socket: { remoteAddress, remotePort } }: IncomingMessage,
  from: Omit<Origin, 'peer' | 'batch'>,
  { settings, spool, metrics }: TakeOptions,
): Promise<Answer> {
  const encoding = headers['content-encoding'];
  const body = encoding ? await decompressBody(encoded, encoding, settings.maxDecompressedBytes) : encoded;
  if (body === 'too-large') return refuse(metrics, 413, 'body-too-large');
  if (body === 'unsupported') return refuse(metrics, 415, 'content-encoding');
  if (body === 'damaged') return refuse(metrics, 400, 'damaged-body');
  const { payloads, isBatch } = splitBody(body, headers['content-type'], settings.maxBatchEntries);
  if (payloads.length > settings.maxBatchEntries) return refuse(metrics, 413, 'too-many-entries');
  if (payloads.length === 0 && !isBatch) return refuse(metrics, 400, 'empty');
  const peer = `${remoteAddress}:${remotePort}`;
  const origin = { ...from, peer, batch: isBatch ? randomUUID() : undefined };
  const outcomes = await spool.append(
    origin,
    payloads.map((payload) => ({ payload })),
  );
  for (const outcome of outcomes) {
    if (outcome instanceof Refusal) metrics.count('unbroken_refused_total', `reason="${outcome.code}"`);
  }
  const told = outcomes.map(tellOutcome);
  const status = told.reduce((most, one) => Math.max(most, one.status), 200);
  const texts = told.map((one) => JSON.stringify(one));
  return { status, text: isBatch ? texts.map((text) => `${text}\n`).join('') : (texts[0] ?? ''), isBatch };
}

function refuse(metrics: Metrics, status: number, reason: string): Answer {
  metrics.count('unbroken_refused_total', `reason="${reason}"`);
  return { status, text: JSON.stringify({ error: reason }) };
}

function tellOutcome(outcome: Outcome): ToldOutcome {
  if (outcome instanceof Refusal) return { status: 503, error: outcome.code };
  const { id, sha256, position, again, malformed } = outcome;
  const receipt = { id, sha256, position, again };
  return malformed ? { status: 422, ...receipt, malformed } : { status: 200, ...receipt };
}
