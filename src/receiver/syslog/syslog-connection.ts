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
  const keep = (frames: readonly Frame[]): void => {
    if (frames.length > 0) connection.hold(frames, intake.take(connection.origin, frames));
  };
  return {
    get isWithin() {
      return splitter.isWithin;
    },
    push: (chunk) => {
      const frames: Frame[] = [];
      const isGood = splitter.push(chunk, (frame) => frames.push(frame));
      keep(frames);
      return isGood;
    },
    end: () => splitter.end((frame) => keep([frame])),
  };
}
