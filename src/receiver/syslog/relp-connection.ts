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

interface Answer {
  readonly transaction: number;
  isKept: boolean;
}

/** RELP on a connection. */
export function openRelpConnection(
  connection: Connection,
  intake: MessageIntake,
  maxBytes: number,
): Protocol {
  const reader = new RelpReader(maxBytes);
  const { sender, peer, transport } = connection;
  const answers: Answer[] = [];
  let answered: Promise<void> = Promise.resolve();
  let isOpen = false;
  let isBad = false;
  let closing: number | undefined;

  const sayClosed = (): void => {
    if (closing === undefined || answers.length > 0) return;
    connection.write(writeRelp(closing, 'rsp', '200 OK'));
    connection.write(writeRelp(0, 'serverclose'));
    connection.close();
  };
  const keep = ({ transaction, data, cutBytes }: RelpFrame): void => {
    const answer: Answer = { transaction, isKept: false };
    answers.push(answer);
    const kept = intake.take({ bytes: data, cutBytes, sender, peer, transport }).then(() => {
      answer.isKept = true;
      for (let first = answers[0]; first?.isKept; first = answers[0]) {
        answers.shift();
        connection.write(writeRelp(first.transaction, 'rsp', '200 OK'));
      }
      sayClosed();
    });
    // What is kept already waits for its turn to be answered, and is held until then.
    const before = answered;
    answered = kept.then(() => before);
    connection.hold(data.length, answered);
  };
  const take = (frame: RelpFrame): void => {
    const { transaction, command } = frame;
    if (isBad || closing !== undefined) return;
    if (command === 'open') {
      isOpen = true;
      connection.write(writeRelp(transaction, 'rsp', OFFERS));
    } else if (!isOpen) isBad = true;
    else if (command === 'syslog') keep(frame);
    else if (command === 'close') {
      closing = transaction;
      sayClosed();
    } else connection.write(writeRelp(transaction, 'rsp', '500 unknown command'));
  };
  return {
    get isWithin() {
      return reader.isWithin;
    },
    push: (chunk) => reader.push(chunk, take) && !isBad,
    // Half a frame was not answered: its sender has it.
    end: () => {},
    sayBye: () => connection.write(writeRelp(0, 'serverclose')),
  };
}
