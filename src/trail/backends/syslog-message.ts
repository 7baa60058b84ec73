/** An entry as a syslog message, as OpenSPP's module and a relay write it: local0.info, tag `openspp-audit[pid]`. */
import type { RecordedEntry } from '../backend.ts';

export type SyslogFormat = '3164' | '5424';

const PRIORITY = '<134>';
const TAG = 'openspp-audit';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MAX_HOST = 255;

/**
 * RFC 3164 has local time and no year, as it asks for; RFC 5424 has the entry's own. Neither has a byte order mark: the
 * module sends none, and readers of JSON stumble over it.
 */
export function writeSyslogMessage(
  { node, ts, line }: RecordedEntry,
  format: SyslogFormat,
  pid = process.pid,
): string {
  const host = toHostName(node);
  if (format === '5424') return `${PRIORITY}1 ${ts} ${host} ${TAG} ${pid} - - ${line}`;
  const date = new Date(ts);
  const day = String(date.getDate()).padStart(2, ' ');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${PRIORITY}${MONTHS[date.getMonth()]} ${day} ${time.join(':')} ${host} ${TAG}[${pid}]: ${line}`;
}

/** A header has no room for spaces and for what is not ASCII. */
function toHostName(node: string): string {
  return node.replace(/[^\x21-\x7e]/g, '_').slice(0, MAX_HOST) || '-';
}
