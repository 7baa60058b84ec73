/** One line of progress on a terminal's standard error, redrawn at most ten times a second; nothing elsewhere. */
import type { Progress } from '../contract/api.ts';

const REDRAW_MS = 100;

export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  readonly clear: () => void;
}

export function createProgressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let last = 0;
  let isShown = false;
  return {
    show: (progress) => {
      if (!stream.isTTY || progress.elapsedMs - last < REDRAW_MS) return;
      last = progress.elapsedMs;
      isShown = true;
      stream.write(`\r\x1b[2K${describe(progress).slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear: () => {
      if (isShown) stream.write('\r\x1b[2K');
      isShown = false;
    },
  };
}

function describe({ phase, files, filesTotal, bytes, bytesTotal, elapsedMs }: Progress): string {
  if (phase !== 'reading') return `${phase} ...`;
  const seconds = elapsedMs / 1000;
  const rate = bytes / Math.max(seconds, 0.001);
  const left = rate > 0 ? Math.ceil((bytesTotal - bytes) / rate) : 0;
  const percent = bytesTotal > 0 ? Math.floor((bytes / bytesTotal) * 100) : 0;
  return `reading ${percent} %  ${files}/${filesTotal} files  ${formatMegabytes(bytes)} of ${formatMegabytes(bytesTotal)}  ${formatMegabytes(rate)}/s  ${left} s left`;
}

function formatMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
