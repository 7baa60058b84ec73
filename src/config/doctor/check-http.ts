/** The HTTP backend: does its endpoint answer, is the header one, and does the endpoint take an entry. */
import type { DoctorResult } from '../../contract/doctor.ts';
import { describeError, findConnectionError } from './check-connection.ts';
import { checkErrors } from './check-errors.ts';
import { type Sound, tell } from './tell.ts';

export async function checkHttp(values: Sound, testEntry: string | undefined): Promise<DoctorResult[]> {
  if (values.backend_http !== true) return [tell('http-url', 'off', 'backend-off')];
  const { http_url: url, http_auth_header: header, http_timeout = 5, state_path } = values;
  const errors = await checkErrors('http-errors', 'http', state_path);
  if (url === undefined) return [tell('http-url', 'unknown', 'no-value', { key: 'http_url' }), errors];
  if (url === '') return [tell('http-url', 'bad', 'url-missing'), errors];
  const { protocol, hostname, port, host } = new URL(url);
  const isTls = protocol === 'https:';
  const peer = { host: hostname, port: Number(port) || (isTls ? 443 : 80), isTls };
  const message = await findConnectionError(peer, http_timeout * 1000);
  return [
    tell('http-url', 'good', 'url-set', { host }),
    message === undefined
      ? tell('http-reachable', 'good', 'reached', { host })
      : tell('http-reachable', 'bad', 'unreachable', { host, message }),
    checkHeader(header),
    testEntry === undefined || message !== undefined
      ? tell('http-accepted', 'unknown', 'not-sent')
      : await sendEntry(url, header, testEntry, http_timeout * 1000),
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

async function sendEntry(
  url: string,
  header: string | undefined,
  body: string,
  timeoutMs: number,
): Promise<DoctorResult> {
  try {
    const { status } = await fetch(url, {
      method: 'POST',
      // A redirect would drop the entry, or show the header to somebody else.
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'x-openspp-audit': '1',
        ...(header ? { authorization: header } : {}),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (status >= 200 && status < 300) return tell('http-accepted', 'good', 'accepted', { status });
    if (status >= 300 && status < 400) return tell('http-accepted', 'bad', 'redirected', { status });
    const isRefused = status === 401 || status === 403;
    return tell('http-accepted', 'bad', isRefused ? 'refused' : 'answered-badly', { status });
  } catch (error) {
    return tell('http-accepted', 'bad', 'unanswered', { message: describeError(error) });
  }
}
