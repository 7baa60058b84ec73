/** Runs whole processes side by side: time and peak memory of each, alternating, so that what disturbs one disturbs all. */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ownData = join(tmpdir(), 'unbroken-bench-own');

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Undoes what the last run left behind; not measured. */
  readonly before?: () => void;
}

export interface Figures {
  readonly ms: readonly number[];
  /** Greatest peak of resident memory, in MB; 0 of a program that is no Node. */
  readonly peakMb: number;
  /** Standard output of the last run. */
  readonly output: string;
}

/** Makes a Node tell its peak on file descriptor 3 as it ends; worker threads share the process's peak. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(
  "import{isMainThread}from'node:worker_threads';import{writeSync}from'node:fs';" +
    "if(isMainThread)process.on('exit',()=>{try{writeSync(3,String(process.resourceUsage().maxRSS))}catch{}});",
)}`;

/** Runs every command `rounds` times, in turn. Rejects where one cannot be started or fails. */
export async function runInTurn<K extends string>(
  commands: Readonly<Record<K, Command>>,
  rounds: number,
): Promise<Record<K, Figures>> {
  const names = Object.keys(commands) as K[];
  const runs = {} as Record<K, { ms: number[]; peakMb: number; output: string }>;
  for (const name of names) runs[name] = { ms: [], peakMb: 0, output: '' };
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      commands[name].before?.();
      const { ms, peakMb, output } = await runCommand(commands[name]);
      runs[name].ms.push(ms);
      runs[name].peakMb = Math.max(runs[name].peakMb, peakMb);
      runs[name].output = output;
    }
  }
  return runs;
}

async function runCommand({ file, args }: Command): Promise<{ ms: number; peakMb: number; output: string }> {
  const started = performance.now();
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--import=${TELL_PEAK}`,
      // What is measured records nothing with whoever measures.
      XDG_DATA_HOME: ownData,
    },
  });
  const output: Buffer[] = [];
  let peak = '';
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stdio[3]?.on('data', (chunk: Buffer) => (peak += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // 1 is an incomplete log to Unbroken, and no match to grep.
  if (code !== 0 && code !== 1) throw new Error(`${file} ${args.join(' ')} ended with ${code}`);
  return {
    ms: performance.now() - started,
    peakMb: Number(peak) / 1024,
    output: Buffer.concat(output).toString(),
  };
}

/** The middle of some numbers, or another share of them from below: 0.95 for the 95th percentile. */
export function findShare(numbers: readonly number[], share = 0.5): number {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
