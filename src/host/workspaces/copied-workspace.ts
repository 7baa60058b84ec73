/**
 * The workspace of a served directory that was copied, as a backup, while it was written to may hold pages of different
 * moments, and nothing tells. One that is not the file that was served before, and that nobody closed, is such a copy.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { identifyFile } from '../../engine/base/identify-file.ts';

/** What SQLite has beside a file while it is open, and after a crash. */
const OPEN_PARTS = ['-wal', '-journal'];
const PARTS = ['', ...OPEN_PARTS, '-shm'];

/** Sets such a copy aside: what was received is read anew, and notes are found in the file that was set aside. */
export function setAsideCopy(file: string, notice: (text: string) => void): void {
  if (!existsSync(file) || !existsSync(nameOfPlace(file))) return;
  if (readFileSync(nameOfPlace(file), 'utf8') === identifyFile(file)) return;
  if (!OPEN_PARTS.some((part) => existsSync(file + part))) return;
  const aside = `${file.replace(/\.unbroken$/, '')}-copied-${Date.now()}.unbroken`;
  for (const part of PARTS) if (existsSync(file + part)) renameSync(file + part, aside + part);
  notice(`the workspace was copied while it was written to: it is made anew, and the copy is now ${aside}`);
}

/** To be called once it is there, for the next time. */
export function rememberPlace(file: string): void {
  writeFileSync(nameOfPlace(file), identifyFile(file));
}

function nameOfPlace(file: string): string {
  return `${file}.place`;
}
