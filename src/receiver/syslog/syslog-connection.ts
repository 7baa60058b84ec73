import type { MessageIntake } from './message-intake.ts';
import type { Connection, Protocol } from './serve-streams.ts';
import { type Frame, FrameSplitter } from './split-frames.ts';

/** Syslog over TCP or TLS: nothing is ever answered. */
export function openSyslogConnection(
  connection: Connection,
  intake: MessageIntake,
  maxBytes: number,
): Protocol {
  const splitter = new FrameSplitter(maxBytes);
  const { sender, peer, transport } = connection;
  const take = (frame: Frame): void =>
    connection.hold(frame.bytes.length, intake.take({ ...frame, sender, peer, transport }));
  return {
    get isWithin() {
      return splitter.isWithin;
    },
    push: (chunk) => splitter.push(chunk, take),
    end: () => splitter.end(take),
  };
}
