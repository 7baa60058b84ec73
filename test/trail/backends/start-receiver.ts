/** An HTTP receiver that answers as a test says. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  /** What arrived, whatever was answered. */
  readonly received: Received[];
  /** The seqs that were answered with 2xx. */
  readonly accepted: number[];
  answer: (response: ServerResponse, seq: number) => void;
  /** Resolves when so many different seqs have been accepted. */
  waitFor(count: number): Promise<void>;
  close(): Promise<void>;
}

export const accept: Receiver['answer'] = (response) => response.writeHead(204).end();

/** Answers with a status, and nothing else. */
export function answer(status: number, headers: Record<string, string> = {}): Receiver['answer'] {
  return (response) => response.writeHead(status, headers).end();
}

export async function startReceiver(port = 0): Promise<Receiver> {
  const waiting: { readonly count: number; readonly done: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { seq } = JSON.parse(body) as { seq: number };
    const { method, url, headers } = request;
    receiver.received.push({ method, url, headers, body });
    receiver.answer(response, seq);
    if (!response.writableEnded || response.statusCode >= 300) return;
    receiver.accepted.push(seq);
    const different = new Set(receiver.accepted).size;
    for (const { count, done } of waiting) if (different >= count) done();
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ingest`,
    received: [],
    accepted: [],
    answer: accept,
    waitFor: (count) =>
      new Promise((done) => {
        if (new Set(receiver.accepted).size >= count) done();
        else waiting.push({ count, done });
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return receiver;
}
