/** The receiver as screens see it: how it stands, its last minutes, and what its log said. */
import { existsSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Events } from '../../contract/api.ts';
import type { ReceiverRate, ReceiverView } from '../../contract/receiver-calls.ts';
import type { ReceiverStatus } from '../../contract/receiver-status.ts';
import { SELF_TEST_SENDER, SPOOL_SENDERS } from '../../contract/spool.ts';
import type { KeptReceiver, ReceiverTold } from '../../receiver/keep-receiver.ts';

/** Five minutes. */
const MAX_RATES = 300;
const MAX_NOTICES = 50;

export interface WatchOptions {
  readonly kept: KeptReceiver;
  /** The data directory as it is now. */
  readonly findData: () => string;
  readonly findPaths: () => readonly string[];
  readonly fixed: boolean;
  readonly emit: (changed: Events['receiver.changed']) => void;
}

/** Gives the view of this moment, from now on. */
export function watchReceiver({ kept, findData, findPaths, fixed, emit }: WatchOptions): () => ReceiverView {
  const rates: ReceiverRate[] = [];
  const notices: ReceiverView['notices'] = [];
  let refusedBefore = 0;
  const noteRate = (status: ReceiverStatus): ReceiverRate => {
    const refused = status.refused.reduce((sum, { count }) => sum + count, 0);
    const rate = {
      at: status.at,
      perSecond: status.perSecond,
      // One that was started again counts anew.
      refused: refused < refusedBefore ? refused : refused - refusedBefore,
    };
    refusedBefore = refused;
    rates.push(rate);
    if (rates.length > MAX_RATES) rates.shift();
    return rate;
  };
  const noteNotice = (text: string): ReceiverView['notices'][number] => {
    const notice = { at: new Date().toISOString(), text };
    notices.push(notice);
    if (notices.length > MAX_NOTICES) notices.shift();
    return notice;
  };
  kept.on((told: ReceiverTold) => {
    emit({
      state: kept.state,
      status: kept.status ?? null,
      spool: findSpool(findData()),
      ...('status' in told && { rate: noteRate(told.status) }),
      ...('notice' in told && { notice: noteNotice(told.notice) }),
    });
  });
  return () => ({
    state: kept.state,
    status: kept.status ?? null,
    rates,
    notices,
    data: findData(),
    spool: findSpool(findData()),
    host: hostname(),
    paths: [...findPaths()],
    fixed,
  });
}

/** The spool, where something that counts was received into it. */
function findSpool(data: string): string | null {
  const spool = join(data, 'spool');
  const senders = join(spool, SPOOL_SENDERS);
  return existsSync(senders) && readdirSync(senders).some((name) => name !== SELF_TEST_SENDER) ? spool : null;
}
