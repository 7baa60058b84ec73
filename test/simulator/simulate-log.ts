/**
 * Simulates what several processes of several nodes write to one audit log: boots, forked or fresh workers, recycling,
 * restarts, threads' jitter, bursts, and a rhythm of day and night. Says of every entry which process wrote it.
 */
import { createRandom, type Random } from './random.ts';

/** Is how a log is simulated; times in microseconds unless the name says otherwise. */
export interface SimulationOptions {
  readonly seed: number;
  readonly nodes: number;
  /** Worker processes per node. */
  readonly processes: number;
  readonly days: number;
  /** Entries per node, about. */
  readonly entriesPerNode: number;
  /** Boots per node: the first at the log's beginning (unless it begins in the middle). */
  readonly boots: number;
  /** Whether workers inherit the master's counter, or each begins at 1. */
  readonly start: 'fork' | 'one';
  /** Mean number of entries after which a worker is replaced; 0 for never. */
  readonly recycleAfter: number;
  /** Whether all workers are replaced after exactly `recycleAfter` entries. */
  readonly recycleExactly?: boolean;
  /** Threads: a ts is up to this many milliseconds later than its seq was taken. */
  readonly jitterMs: number;
  /** How unequal the workers' loads are: 0 all the same, 1 the last gets a hundredth of the first. */
  readonly skew: number;
  /** Whether the log begins long after its first processes did. */
  readonly beginsMidway?: boolean;
  /** Whether old workers finish for some minutes while the next boot has begun. */
  readonly overlappingBoots?: boolean;
  /** Whether the master writes more entries during its life, so that later workers begin higher. */
  readonly masterWrites?: boolean;
  readonly startDay?: string;
}

/** Is the simulated entries, in the order in which they stand in the files, as columns. */
export interface SimulatedLog {
  readonly options: SimulationOptions;
  readonly count: number;
  readonly node: Uint8Array;
  readonly process: Int32Array;
  readonly seq: Float64Array;
  readonly tsMicros: Float64Array;
  readonly user: Uint16Array;
  readonly record: Float64Array;
  readonly nodeNames: readonly string[];
  /** By process number: such as `web-1/b0/w2.1`. */
  readonly processNames: readonly string[];
}

export const DAY_MICROS = 86_400_000_000;

/** Simulates a log. */
export function simulateLog(options: SimulationOptions): SimulatedLog {
  const random = createRandom(options.seed);
  const origin = Date.parse(`${options.startDay ?? '2025-03-01'}T00:00:00Z`) * 1000;
  const rows = new Rows(options.nodes * options.entriesPerNode * 1.3 + 1000);
  const processNames: string[] = [];
  const nodeNames = Array.from({ length: options.nodes }, (_, i) => `odoo-web-${i + 1}`);
  for (let node = 0; node < options.nodes; node += 1) {
    simulateNode(options, random, origin, node, nodeNames[node]!, rows, processNames);
  }
  return rows.finish(options, nodeNames, processNames, origin);
}

interface Worker {
  process: number;
  seq: number;
  slot: number;
  generation: number;
  left: number;
  /** No entry before this time: it has not been forked yet. */
  notBefore: number;
}

function simulateNode(
  options: SimulationOptions,
  random: Random,
  origin: number,
  node: number,
  name: string,
  rows: Rows,
  names: string[],
): void {
  const end = origin + options.days * DAY_MICROS;
  const lead = options.beginsMidway === true ? DAY_MICROS * (0.3 + random.next()) : 0;
  const begin = origin - lead + random.next() * 600e6;
  const meanStep = (options.days * DAY_MICROS) / options.entriesPerNode;
  const bootTimes = [begin];
  for (let i = 1; i < options.boots; i += 1)
    bootTimes.push(origin + (0.05 + 0.9 * random.next()) * (end - origin));
  bootTimes.sort((a, b) => a - b);
  // A boot lasts two hours at least: the next cannot begin before it has.
  for (let i = 1; i < bootTimes.length; i += 1) {
    bootTimes[i] = Math.max(bootTimes[i]!, bootTimes[i - 1]! + 7200e6);
  }
  const weights = Array.from(
    { length: options.processes },
    (_, i) => 0.01 ** ((options.skew * i) / Math.max(1, options.processes - 1)),
  );
  const totalWeight = weights.reduce((sum, w) => sum + w, 0);
  const draw = (): number => {
    let x = random.next() * totalWeight;
    for (let i = 0; i < weights.length; i += 1) {
      x -= weights[i]!;
      if (x < 0) return i;
    }
    return weights.length - 1;
  };
  const draftLife = (): number => {
    if (options.recycleAfter === 0) return Number.POSITIVE_INFINITY;
    if (options.recycleExactly === true) return options.recycleAfter;
    return 1 + Math.floor(random.exponential(options.recycleAfter));
  };
  const write = (worker: { process: number; seq: number }, at: number): void => {
    worker.seq += 1;
    const ts = Math.floor(at + (options.jitterMs > 0 ? random.next() ** 3 * options.jitterMs * 1000 : 0));
    if (ts < origin || ts >= end) return;
    rows.add(
      node,
      worker.process,
      worker.seq,
      ts,
      ts + random.next() * 2000,
      2 + random.int(30),
      1 + random.int(9000),
    );
  };

  for (let boot = 0; boot < bootTimes.length; boot += 1) {
    const until = boot + 1 < bootTimes.length ? bootTimes[boot + 1]! : end;
    let at = bootTimes[boot]! + (boot > 0 ? 60e6 + random.exponential(300e6) : 0);
    const master = { process: names.length, seq: 0 };
    names.push(`${name}/b${boot}/master`);
    if (options.start === 'fork') {
      const writes = 1 + random.int(6);
      for (let i = 0; i < writes; i += 1) {
        at += 1000 + random.exponential(1e6);
        write(master, at);
      }
    }
    const fork = (slot: number, generation: number, time: number): Worker => {
      const process = names.length;
      names.push(`${name}/b${boot}/w${slot}.${generation}`);
      const seq = options.start === 'fork' ? master.seq : 0;
      return { process, seq, slot, generation, left: draftLife(), notBefore: time };
    };
    const workers = weights.map((_, slot) => fork(slot, 1, at));
    const limit = until - (options.overlappingBoots === true || boot + 1 === bootTimes.length ? 0 : 5e6);
    let masterNext =
      options.masterWrites === true ? at + random.exponential(4 * 3600e6) : Number.POSITIVE_INFINITY;
    const linger =
      options.overlappingBoots === true && boot + 1 < bootTimes.length ? random.exponential(300e6) : 0;
    for (;;) {
      at += random.exponential(meanStep / rhythm(at));
      if (at >= limit + linger) break;
      if (at >= masterNext) {
        write(master, at);
        masterNext = at + random.exponential(4 * 3600e6);
      }
      const slot = draw();
      const worker = workers[slot]!;
      if (at < worker.notBefore) continue;
      const burst = random.chance(0.08) ? 2 + random.int(8) : 1;
      for (let i = 0; i < burst && worker.left > 0; i += 1) {
        write(worker, at);
        worker.left -= 1;
        at += burst > 1 ? 200 + random.exponential(1500) : 0;
      }
      if (worker.left <= 0)
        workers[slot] = fork(slot, worker.generation + 1, at + 1e6 + random.exponential(120e6));
    }
  }
}

/** Gives the load at a time of day: a tenth at night. The mean over a day is 1. */
function rhythm(at: number): number {
  const hour = (at % DAY_MICROS) / 3600e6;
  const day = Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI));
  return hour < 6 || hour > 20 ? 0.15 : 0.15 + 2.29 * day;
}

/** Collects entries as columns. */
class Rows {
  private count = 0;
  private node: Uint8Array;
  private process: Int32Array;
  private seq: Float64Array;
  private ts: Float64Array;
  private written: Float64Array;
  private user: Uint16Array;
  private record: Float64Array;

  constructor(room: number) {
    const size = Math.ceil(room);
    this.node = new Uint8Array(size);
    this.process = new Int32Array(size);
    this.seq = new Float64Array(size);
    this.ts = new Float64Array(size);
    this.written = new Float64Array(size);
    this.user = new Uint16Array(size);
    this.record = new Float64Array(size);
  }

  add(
    node: number,
    process: number,
    seq: number,
    ts: number,
    written: number,
    user: number,
    record: number,
  ): void {
    if (this.count === this.node.length) this.grow();
    const at = this.count;
    this.count += 1;
    this.node[at] = node;
    this.process[at] = process;
    this.seq[at] = seq;
    this.ts[at] = ts;
    this.written[at] = written;
    this.user[at] = user;
    this.record[at] = record;
  }

  private grow(): void {
    const size = this.node.length * 2;
    const copy = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.node = copy(new Uint8Array(size), this.node);
    this.process = copy(new Int32Array(size), this.process);
    this.seq = copy(new Float64Array(size), this.seq);
    this.ts = copy(new Float64Array(size), this.ts);
    this.written = copy(new Float64Array(size), this.written);
    this.user = copy(new Uint16Array(size), this.user);
    this.record = copy(new Float64Array(size), this.record);
  }

  finish(
    options: SimulationOptions,
    nodeNames: readonly string[],
    processNames: readonly string[],
    origin: number,
  ): SimulatedLog {
    // Sorting whole numbers in a Float64Array is many times faster than sorting indexes with a comparator: the index
    // rides in the low bits (microseconds since the log's beginning need 40 bits for a fortnight).
    const { count } = this;
    let order: ArrayLike<number>;
    if (options.days <= 30 && count < 4_000_000) {
      const keys = new BigUint64Array(count);
      for (let i = 0; i < count; i += 1) {
        keys[i] = (BigInt(Math.floor(this.written[i]! - origin)) << 22n) | BigInt(i);
      }
      keys.sort();
      const sorted = new Uint32Array(count);
      for (let i = 0; i < count; i += 1) sorted[i] = Number(keys[i]! & 0x3fffffn);
      order = sorted;
    } else {
      order = Array.from({ length: count }, (_, i) => i).sort((a, b) => this.written[a]! - this.written[b]!);
    }
    const node = new Uint8Array(count);
    const process = new Int32Array(count);
    const seq = new Float64Array(count);
    const tsMicros = new Float64Array(count);
    const user = new Uint16Array(count);
    const record = new Float64Array(count);
    for (let i = 0; i < count; i += 1) {
      const at = order[i]!;
      node[i] = this.node[at]!;
      process[i] = this.process[at]!;
      seq[i] = this.seq[at]!;
      tsMicros[i] = this.ts[at]!;
      user[i] = this.user[at]!;
      record[i] = this.record[at]!;
    }
    return { options, count, node, process, seq, tsMicros, user, record, nodeNames, processNames };
  }
}
