/** The HTTP backend: does its endpoint answer, is the header one, and does the endpoint take an entry. */
import { readFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { DoctorResult } from '../../contract/doctor.ts';
import { describeError, findConnectionError } from './check-connection.ts';
import { checkErrors } from './check-errors.ts';
import { type Sound, tell } from './tell.ts';

export async function checkHttp(values: Sound, testEntry: string | undefined): Promise<DoctorResult[]> {
  if (values.backend_http !== true) return [tell('http-url', 'off', 'backend-off')];
  const { http_url: url, http_auth_header: header, http_timeout = 5, http_ca_file, state_path } = values;
  const errors = await checkErrors('http-errors', 'http', state_path);
  if (url === undefined) return [tell('http-url', 'unknown', 'no-value', { key: 'http_url' }), errors];
  if (url === '') return [tell('http-url', 'bad', 'url-missing'), errors];
  const { protocol, hostname, port, host } = new URL(url);
  const isTls = protocol === 'https:';
  const trusted = http_ca_file ? { caFile: http_ca_file } : {};
  const peer = { host: hostname, port: Number(port) || (isTls ? 443 : 80), isTls, ...trusted };
  const message = await findConnectionError(peer, http_timeout * 1000);
  return [
    tell('http-url', 'good', 'url-set', { host }),
    message === undefined
      ? tell('http-reachable', 'good', 'reached', { host })
      : tell('http-reachable', 'bad', 'unreachable', { host, message }),
    checkHeader(header),
    testEntry === undefined || message !== undefined
      ? tell('http-accepted', 'unknown', 'not-sent')
      : await sendEntry({ url, header, timeoutMs: http_timeout * 1000, ...trusted }, testEntry),
    errors,
  ];
}

/** `Scheme credentials` (RFC 9110, 11.4). */
function checkHeader(header: string | undefined): DoctorResult {
  if (header === undefined) return tell('http-header', 'unknown', 'no-value', { key: 'http_auth_header' });
  if (header === '') return tell('http-header', 'warning', 'header-none');
  return /^[!#$%&'*+\-.^_`|~\w]+ +\S/.test(header)
    ? tell('http-header', 'good', 'header-sound')
    : tell('http-header', 'warning', 'header-no-scheme');
}

interface Endpoint {
  readonly url: string;
  readonly header: string | undefined;
  readonly timeoutMs: number;
  readonly caFile?: string;
}

async function sendEntry(endpoint: Endpoint, body: string): Promise<DoctorResult> {
  try {
    const status = await postEntry(endpoint, body);
    if (status >= 200 && status < 300) return tell('http-accepted', 'good', 'accepted', { status });
    if (status >= 300 && status < 400) return tell('http-accepted', 'bad', 'redirected', { status });
    const isRefused = status === 401 || status === 403;
    return tell('http-accepted', 'bad', isRefused ? 'refused' : 'answered-badly', { status });
  } catch (error) {
    return tell('http-accepted', 'bad', 'unanswered', { message: describeError(error) });
  }
}

/** Gives the answer's status. Not by `fetch`, which trusts the system's certificates alone. */
function postEntry({ url, header, timeoutMs, caFile }: Endpoint, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? requestHttps : requestHttp)(url, {
      method: 'POST',
      agent: false,
      ...(caFile ? { ca: readFileSync(caFile) } : {}),
      headers: {
        'content-type': 'application/json',
        'x-openspp-audit': '1',
        'content-length': Buffer.byteLength(body),
        ...(header ? { authorization: header } : {}),
      },
      signal: AbortSignal.timeout(timeoutMs),
    });
    request.once('response', (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end(body);
  });
}
