/** Calls about the receiver and its senders: one receiver a host, whoever asks. */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Events } from '../../contract/api.ts';
import type { ReceiverChoice, SenderView } from '../../contract/receiver-calls.ts';
import { SELF_TEST_SENDER } from '../../contract/spool.ts';
import { createFailure } from '../../engine/base/failure.ts';
import { type KeptReceiver, keepReceiver, type ReceiverStart } from '../../receiver/keep-receiver.ts';
import { type Sender, SenderBook } from '../../receiver/senders/sender-book.ts';
import type { Handlers } from '../handlers.ts';
import type { OwnLog } from '../own-log/own-log.ts';
import { findReceiverData, readReceiverChoice, writeReceiverChoice } from './keep-choice.ts';
import { runSelfTest } from './self-test.ts';
import { tellSender } from './tell-sender.ts';
import { watchReceiver } from './watch-receiver.ts';

type Names = Extract<keyof Handlers, `receiver.${string}` | `senders.${string}`>;

/** A receiver that somebody else keeps: it outlives the host. */
export interface GivenReceiver {
  readonly kept: KeptReceiver;
  /** What it was started with, where nobody may change that here. */
  readonly fixed?: ReceiverStart | undefined;
  /** Told of each choice that was kept. */
  readonly onChoice?: (() => void) | undefined;
}

export interface ReceiverDeskOptions {
  readonly given: GivenReceiver | undefined;
  readonly dataDirectory: string;
  readonly configDirectory: string;
  readonly nativeBinding: string | undefined;
  /** Has a change of a sender witnessed, then carries it out. */
  readonly protect: OwnLog['changeAccount'];
  readonly emit: (changed: Events['receiver.changed']) => void;
  readonly logBug: (error: unknown) => void;
}

export interface ReceiverDesk {
  readonly handlers: Pick<Handlers, Names>;
  /** Stops a receiver of its own. */
  close(): Promise<void>;
}

/** Without a given receiver the host keeps one of its own, which is started with it where the person chose so. */
export function openReceiverDesk(options: ReceiverDeskOptions): ReceiverDesk {
  const { given, configDirectory, nativeBinding, protect, emit } = options;
  const kept = given?.kept ?? keepReceiver();
  const fixed = given?.fixed;
  const choose = (): ReceiverChoice => readReceiverChoice(configDirectory);
  const describe = (choice: ReceiverChoice): ReceiverStart => ({
    data: findReceiverData(choice, options.dataDirectory),
    settings: choice.settings,
    nativeBinding,
  });
  const findStart = (): ReceiverStart => fixed ?? describe(choose());
  const view = watchReceiver({
    kept,
    findData: () => findStart().data,
    findPaths: () => findStart().settings.http.paths,
    fixed: fixed !== undefined,
    emit,
  });
  const refuseFixed = (): void => {
    if (fixed)
      throw createFailure('not-available-here', 'the receiver is kept by whoever started this instance');
  };
  const start = async (): Promise<void> => {
    const what = findStart();
    mkdirSync(what.data, { recursive: true, mode: 0o700 });
    await kept.start(what);
  };
  const openBook = (): SenderBook => new SenderBook(findStart().data, nativeBinding);

  if (!given && choose().withApp) void start().catch(options.logBug);
  return {
    handlers: {
      'receiver.status': view,
      'receiver.start': async () => {
        refuseFixed();
        await start();
        return view();
      },
      'receiver.stop': async () => {
        refuseFixed();
        await kept.stop();
        return view();
      },
      'receiver.settings': choose,
      'receiver.configure': async (asked) => {
        refuseFixed();
        const before = choose();
        const choice = { ...asked, data: asked.data === null ? null : resolve(asked.data) };
        refuseOtherData(describe(before).data, describe(choice).data);
        writeReceiverChoice(configDirectory, choice);
        given?.onChoice?.();
        const isOther = JSON.stringify(before.settings) !== JSON.stringify(choice.settings);
        if (isOther && kept.state.state !== 'stopped') {
          await kept.stop();
          await start();
        }
        return choice;
      },
      'receiver.selfTest': async () => ({
        ways: await runSelfTest({ kept, start: findStart(), nativeBinding }),
      }),
      'senders.list': () => {
        // What was never started has none, and makes no directory to say so.
        const isThere = existsSync(join(findStart().data, 'receiver'));
        return { senders: isThere ? openBook().list().filter(isNoTest).map(describeSender) : [] };
      },
      'senders.add': ({ name, allow = [] }) => {
        const after = allow.length === 0 ? ({ value: true } as const) : { allow };
        return protect({ kind: 'sender', name, after }, () => {
          if (allow.length === 0) return { value: openBook().add(name) };
          openBook().addByAddress(name, allow);
          return { value: null };
        });
      },
      'senders.rotate': ({ name }) => {
        const book = openBook();
        const change = {
          kind: 'sender',
          name,
          before: tellSender(book, name),
          after: { value: true },
        } as const;
        return protect(change, () => ({ value: book.rotate(name) }));
      },
      'senders.revoke': ({ name }) => {
        const book = openBook();
        return protect({ kind: 'sender', name, before: tellSender(book, name) }, () => {
          book.revoke(name);
          return {};
        });
      },
    },
    close: async () => {
      if (!given) await kept.stop();
    },
  };
}

/** What was received stays where it is, and is not to be forgotten by looking elsewhere. */
function refuseOtherData(before: string, after: string): void {
  if (before === after || !existsSync(join(before, 'spool'))) return;
  throw createFailure('receiver-data-settled', 'the receiver has a spool in its data directory', {
    subject: before,
  });
}

function isNoTest({ name }: Sender): boolean {
  return name !== SELF_TEST_SENDER;
}

function describeSender({ hmac: _, allow = [], certificate, ...sender }: Sender): SenderView {
  const by = certificate === undefined ? (allow.length > 0 ? 'address' : 'value') : 'certificate';
  return { ...sender, by, allow };
}
