/**
 * The server's side of RELP. A message is answered when it is on the disk, in the order in which messages came; what has
 * no answer its sender sends again, on this connection's successor. Never an answer that is no success: rsyslog's client
 * counts a message as done whatever its answer says. So what cannot be kept closes the connection.
 */
import { version } from '../../engine/base/version.ts';
import type { MessageIntake } from './message-intake.ts';
import { type RelpFrame, RelpReader, writeRelp } from './relp-frames.ts';
import type { Connection, Protocol } from './serve-streams.ts';

const OFFERS = `200 OK\nrelp_version=0\nrelp_software=unbroken,${version}\ncommands=syslog`;

/** RELP on a connection. */
export function openRelpConnection(
  connection: Connection,
  intake: MessageIntake,
  maxBytes: number,
): Protocol {
  const reader = new RelpReader(maxBytes);
  let answered: Promise<void> = Promise.resolve();
  let unanswered = 0;
  let isOpen = false;
  let isBad = false;
  let closing: number | undefined;

  const sayClosed = (): void => {
    if (closing === undefined || unanswered > 0) return;
    connection.write(writeRelp(closing, 'rsp', '200 OK'));
    connection.write(writeRelp(0, 'serverclose'));
    connection.close();
  };
  const keep = (frames: readonly RelpFrame[]): void => {
    if (frames.length === 0) return;
    unanswered += frames.length;
    // What is kept already waits for its turn to be answered, and is held until then.
    answered = Promise.all([intake.take(connection.origin, frames), answered]).then(() => {
      connection.write(
        Buffer.concat(frames.map(({ transaction }) => writeRelp(transaction, 'rsp', '200 OK'))),
      );
      unanswered -= frames.length;
      sayClosed();
    });
    connection.hold(frames, answered);
  };
  /** Takes a frame; returns whether it is a message, to be kept. */
  const take = ({ transaction, command }: RelpFrame): boolean => {
    if (isBad || closing !== undefined) return false;
    if (command === 'open') {
      isOpen = true;
      connection.write(writeRelp(transaction, 'rsp', OFFERS));
    } else if (!isOpen) isBad = true;
    else if (command === 'syslog') return true;
    else if (command === 'close') closing = transaction;
    else connection.write(writeRelp(transaction, 'rsp', '500 unknown command'));
    return false;
  };
  return {
    get isWithin() {
      return reader.isWithin;
    },
    push: (chunk) => {
      const messages: RelpFrame[] = [];
      const wasOpen = closing === undefined;
      const isGood = reader.push(chunk, (frame) => {
        if (take(frame)) messages.push(frame);
      });
      keep(messages);
      if (wasOpen) sayClosed();
      return isGood && !isBad;
    },
    // Half a frame was not answered: its sender has it.
    end: () => {},
    sayBye: () => connection.write(writeRelp(0, 'serverclose')),
  };
}
