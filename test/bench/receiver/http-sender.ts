/**
 * Sends entries over HTTP as fast as they are answered: `http-sender.ts PORT SECONDS CONNECTIONS kept|new`. Over bare
 * sockets: Node's own client takes longer for a request than a server does, and would be what is measured.
 */
import { connect } from 'node:net';
import { makeEntry, VALUE } from '../../receiver/running-receiver.ts';

const [port = '', seconds = '', connections = '', kind = ''] = process.argv.slice(2);
const isKept = kind === 'kept';
const HEAD = [
  'POST /ingest HTTP/1.1',
  'Host: 127.0.0.1',
  `Authorization: ${VALUE}`,
  'Content-Type: application/json',
  ...(isKept ? [] : ['Connection: close']),
  'Content-Length: ',
].join('\r\n');
// No two runs send the same: that would get its first receipt, and be written nowhere.
let seq = Date.now();
const times: number[] = [];

function makeRequest(): string {
  const body = makeEntry(++seq);
  return `${HEAD}${body.length}\r\n\r\n${body}`;
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(answer)?.[1];
  return end >= 0 && answer.length >= end + 4 + Number(length);
}

/** One entry after the other; resolves when the time is over. */
function send(endMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = (): void => {
      let startedMs = performance.now();
      let answer = '';
      const socket = connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
      socket.setEncoding('latin1').on('error', reject);
      socket.write(makeRequest());
      socket.on('data', (text) => {
        answer += String(text);
        if (!isWhole(answer)) return;
        if (!answer.startsWith('HTTP/1.1 200')) reject(new Error(answer));
        answer = '';
        const nowMs = performance.now();
        times.push(nowMs - startedMs);
        if (isKept && nowMs < endMs) {
          startedMs = nowMs;
          socket.write(makeRequest());
          return;
        }
        socket.destroy();
        if (nowMs < endMs) open();
        else resolve();
      });
    };
    open();
  });
}

const startedMs = performance.now();
const endMs = startedMs + Number(seconds) * 1000;
await Promise.all(Array.from({ length: Number(connections) }, () => send(endMs)));
const rate = times.length / ((performance.now() - startedMs) / 1000);
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ rate, times, cpuSeconds: (user + system) / 1e6 }));
