/** Removes entries from a simulated log in the ways in which people do, and writes down what was removed. */
import { createRandom, type Random } from './random.ts';
import { DAY_MICROS, type SimulatedLog } from './simulate-log.ts';

export type TamperMode = 'none' | 'single' | 'range' | 'user' | 'record' | 'day' | 'head' | 'tail' | 'mixed';

/** Is a removed entry. */
export interface Removed {
  readonly node: string;
  readonly proc: string;
  readonly seq: number;
  readonly tsMicros: number;
  readonly kind: TamperMode;
  /** Whether an entry of the same process with a greater seq is left. */
  readonly after: boolean;
  /** Whether one with a smaller seq is left. */
  readonly before: boolean;
  /** Times of the nearest entries of the process that are left; undefined where there is none. */
  readonly beforeMicros?: number;
  readonly afterMicros?: number;
}

/** Is what a tampered log has lost. */
export interface Tampered {
  /** By entry: 1 if removed. */
  readonly removed: Uint8Array;
  readonly missing: readonly Removed[];
}

/** Removes entries. */
export function tamperLog(log: SimulatedLog, mode: TamperMode, seed: number): Tampered {
  const random = createRandom(seed ^ 0x5bd1e995);
  const removed = new Uint8Array(log.count);
  const kinds: TamperMode[] = [];
  if (mode === 'mixed') {
    for (const part of ['single', 'range', 'user'] as const) remove(log, part, random, removed, kinds);
  } else remove(log, mode, random, removed, kinds);
  return { removed, missing: listMissing(log, removed, kinds) };
}

function remove(
  log: SimulatedLog,
  mode: TamperMode,
  random: Random,
  removed: Uint8Array,
  kinds: TamperMode[],
): void {
  if (log.count === 0) return;
  const first = Math.floor(log.tsMicros[0]! / DAY_MICROS) * DAY_MICROS;
  const take = (at: number): void => {
    if (removed[at] === 1) return;
    removed[at] = 1;
    kinds[at] = mode;
  };
  const takeBetween = (from: number, to: number, only?: number): void => {
    for (let i = 0; i < log.count; i += 1) {
      const ts = log.tsMicros[i]!;
      if (ts >= from && ts < to && (only === undefined || log.node[i] === only)) take(i);
    }
  };
  const span = log.options.days * DAY_MICROS;
  switch (mode) {
    case 'none':
    case 'mixed':
      return;
    case 'single': {
      const many = 3 + random.int(12);
      for (let i = 0; i < many; i += 1) take(random.int(log.count));
      return;
    }
    case 'range': {
      const many = 1 + random.int(3);
      for (let i = 0; i < many; i += 1) {
        const from = log.tsMicros[random.int(log.count)]!;
        takeBetween(
          from,
          from + (1 + random.next() * 29) * 60e6,
          random.chance(0.5) ? random.int(log.options.nodes) : undefined,
        );
      }
      return;
    }
    case 'user':
    case 'record': {
      const who = random.int(log.count);
      const from = first + random.next() * 0.6 * span;
      const to = from + (0.1 + 0.3 * random.next()) * span;
      let left = mode === 'user' ? 200 : 20;
      for (let i = 0; i < log.count && left > 0; i += 1) {
        const ts = log.tsMicros[i]!;
        if (ts < from || ts >= to) continue;
        const hit =
          mode === 'user' ? log.user[i] === log.user[who] : log.record[i]! % 500 === log.record[who]! % 500;
        if (!hit) continue;
        take(i);
        left -= 1;
      }
      return;
    }
    case 'day': {
      if (log.options.days < 3) return;
      const day = first + (1 + random.int(log.options.days - 2)) * DAY_MICROS;
      takeBetween(day, day + DAY_MICROS);
      return;
    }
    case 'head':
    case 'tail': {
      // Not the log's own beginning or end: that is a log that begins later, or ends earlier.
      const day =
        first +
        (mode === 'head' ? 1 + random.int(log.options.days - 1) : random.int(log.options.days - 1)) *
          DAY_MICROS;
      const part = (0.05 + 0.4 * random.next()) * DAY_MICROS;
      if (mode === 'head') takeBetween(day, day + part);
      else takeBetween(day + DAY_MICROS - part, day + DAY_MICROS);
      return;
    }
  }
}

function listMissing(log: SimulatedLog, removed: Uint8Array, kinds: readonly TamperMode[]): Removed[] {
  const touched = new Set<number>();
  for (let i = 0; i < log.count; i += 1) if (removed[i] === 1) touched.add(log.process[i]!);
  const byProcess = new Map<number, number[]>();
  for (let i = 0; i < log.count; i += 1) {
    const process = log.process[i]!;
    if (!touched.has(process)) continue;
    const list = byProcess.get(process);
    if (list === undefined) byProcess.set(process, [i]);
    else list.push(i);
  }
  const missing: Removed[] = [];
  for (const list of byProcess.values()) {
    list.sort((a, b) => log.seq[a]! - log.seq[b]!);
    const after = new Array<number>(list.length).fill(-1);
    for (let i = list.length - 2; i >= 0; i -= 1)
      after[i] = removed[list[i + 1]!] === 1 ? after[i + 1]! : list[i + 1]!;
    let before = -1;
    for (let i = 0; i < list.length; i += 1) {
      const at = list[i]!;
      if (removed[at] === 0) {
        before = at;
        continue;
      }
      missing.push({
        node: log.nodeNames[log.node[at]!]!,
        proc: log.processNames[log.process[at]!]!,
        seq: log.seq[at]!,
        tsMicros: log.tsMicros[at]!,
        kind: kinds[at]!,
        after: after[i]! >= 0,
        before: before >= 0,
        ...(before >= 0 ? { beforeMicros: log.tsMicros[before]! } : {}),
        ...(after[i]! >= 0 ? { afterMicros: log.tsMicros[after[i]!]! } : {}),
      });
    }
  }
  return missing;
}
