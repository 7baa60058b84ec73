/**
 * What stands before the text of a syslog message, in the forms in which OpenSPP's entries arrive:
 *
 *   RFC 5424          <134>1 2026-11-24T02:15:49.821713+00:00 vm openspp-audit 23766 - [meta sequenceId="7"] {...}
 *   RFC 3164          <134>Nov 24 02:15:46 vm openspp-audit[23671]: {...}        (or with the time as in RFC 5424)
 *   the local form    <134>Nov 24 02:15:42 openspp-audit[23450]: {...}           (as written to /dev/log: no host)
 *
 * Pure, and never throws: what is in none of these forms is all text.
 */

/** What an envelope says; undefined where it says nothing. */
export interface Envelope {
  /** Where the text begins. */
  readonly textAt: number;
  readonly host?: string | undefined;
  /** The program's name. */
  readonly tag?: string | undefined;
  /** Its process, as written. */
  readonly pid?: string | undefined;
  /** The sender's own count of its messages (RFC 5424, 7.3.1). */
  readonly sequenceId?: number | undefined;
}

/** No envelope is longer. */
const MAX_ENVELOPE_BYTES = 8192;

const STRUCTURED = String.raw`-|(?:\[[^\s=\]"]+(?: [^\s=\]"]+="(?:[^"\\]|\\[\s\S])*")*\])+`;
const RFC_5424 = new RegExp(
  String.raw`^<\d{1,3}>\d{1,2} \S+ (\S+) (\S+) (\S+) \S+ (${STRUCTURED})(?: +|$)(?:\xef\xbb\xbf)?`,
);
const TIME = String.raw`(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d))`;
/** A host does not end with a colon, a tag has none: that tells the local form from a relay's. */
const RFC_3164 = new RegExp(
  String.raw`^<\d{1,3}>(?:${TIME} +)?(?:(\S*[^\s:]) )?([^\s:[\]{}"]{1,255})(?:\[([^\]\s]{0,64})\])?: *`,
);
const PRIORITY = new RegExp(String.raw`^<\d{1,3}>(?:${TIME} +)?`);
const SEQUENCE_ID = /\[meta(?: [^\s=\]"]+="(?:[^"\\]|\\[\s\S])*")*? sequenceId="(\d{1,10})"/;

/** Reads the envelope of a message. */
export function readEnvelope(message: Buffer): Envelope {
  const head = message.toString('latin1', 0, MAX_ENVELOPE_BYTES);
  const modern = RFC_5424.exec(head);
  if (modern) {
    const [all, host, tag, pid, structured = ''] = modern;
    const sequenceId = SEQUENCE_ID.exec(structured)?.[1];
    return {
      textAt: all.length,
      host: read(host),
      tag: read(tag),
      pid: read(pid),
      sequenceId: sequenceId === undefined ? undefined : Number(sequenceId),
    };
  }
  const old = RFC_3164.exec(head);
  if (old) {
    const [all, host, tag, pid] = old;
    return { textAt: all.length, host: read(host), tag: read(tag), pid: read(pid) };
  }
  return { textAt: PRIORITY.exec(head)?.[0].length ?? 0 };
}

/** RFC 5424 writes `-` where there is nothing to say. */
function read(value: string | undefined): string | undefined {
  return value === '' || value === '-' ? undefined : value;
}
