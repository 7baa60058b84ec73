/** What a spool is made of: a folder for each sender, and the receiver's own word of when it was not there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Loss,
  ReceiverMark,
  SELF_TEST_SENDER,
  SenderName,
  SPOOL_MARK_FILE,
  SPOOL_RECEIVER,
  SPOOL_SENDERS,
} from '../../contract/spool.ts';
import { findSpool } from './removed-files.ts';

/** When nothing could be received. */
export interface DownTime {
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** What the receiver says was lost, between its telling and the one before. */
export interface LossTime extends DownTime, Loss {}

/** What a receiver says of itself, in order. */
export interface ReceiverWord {
  readonly downTimes: readonly DownTime[];
  readonly losses: readonly LossTime[];
}

/** Puts the folders of its senders in the place of a spool, that of the self-test left out; other paths stay as they are. */
export function expandSpools(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const senders = join(path, SPOOL_SENDERS);
    if (!existsSync(join(path, SPOOL_MARK_FILE)) || !existsSync(senders)) return path;
    const found = readdirSync(senders).filter(
      (name) => SenderName.safeParse(name).success && name !== SELF_TEST_SENDER,
    );
    return found.length === 0 ? path : found.sort().map((name) => join(senders, name));
  });
}

/** Where the receivers of these spools write down that they live: each minute, so that a log would never be quiet. */
export function listReceiverFolders(paths: readonly string[]): string[] {
  return paths
    .filter((path) => existsSync(join(path, SPOOL_MARK_FILE)))
    .map((path) => join(path, SPOOL_RECEIVER));
}

/** What the receiver of a sender's folder says, of all senders; nothing where the folder is something else. */
export function readReceiverWord(path: string): ReceiverWord {
  const spool = findSpool(path);
  const directory = join(spool ?? path, SPOOL_RECEIVER);
  if (spool === undefined || !existsSync(directory)) return { downTimes: [], losses: [] };
  const marks = readdirSync(directory)
    .sort()
    .flatMap((name) => readFileSync(join(directory, name), 'utf8').split('\n').flatMap(readTellingMark));
  return {
    downTimes: marks.flatMap(({ at, downSince }) => (downSince === undefined ? [] : spanTime(downSince, at))),
    losses: marks.flatMap(({ at, since, loss }) =>
      since === undefined || loss === undefined ? [] : { ...spanTime(since, at), ...loss },
    ),
  };
}

function spanTime(from: string, to: string): DownTime {
  return { fromMicros: Date.parse(from) * 1000, toMicros: Date.parse(to) * 1000 };
}

function readTellingMark(line: string): ReceiverMark | [] {
  // Most are heartbeats.
  if (!line.includes('"downSince"') && !line.includes('"loss"')) return [];
  try {
    return ReceiverMark.parse(JSON.parse(line));
  } catch {
    return [];
  }
}
