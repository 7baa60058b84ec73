/** A server that reads a body and answers, and does nothing else. Tells its port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer((incoming, answer) => {
  incoming.resume().once('end', () => answer.end('{}'));
}).listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
