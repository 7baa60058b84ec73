/** The file backend: is its place there, may it be written to, and has it room. */
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DoctorResult } from '../../contract/doctor.ts';
import { checkErrors } from './check-errors.ts';
import { type Sound, tell } from './tell.ts';

const MB = 1_000_000;
/** Some hundred thousand entries, and some thousand. */
const LOW_BYTES = 500 * MB;
const NONE_BYTES = 10 * MB;

export async function checkFile(values: Sound): Promise<DoctorResult[]> {
  if (values.backend_file !== true) return [tell('file-path', 'off', 'backend-off')];
  const path = values.file_path;
  if (path === undefined) return [tell('file-path', 'unknown', 'no-value', { key: 'file_path' })];
  const directory = dirname(path);
  const file = await lookAt(path);
  const errors = await checkErrors('file-errors', 'file', values.state_path);
  if (file === 'hidden') return [tell('file-path', 'bad', 'file-hidden', { path }), errors];
  const home = file === 'missing' ? await findHome(directory) : path;
  const writable = await checkWritable(home);
  if (file === 'missing' && home !== directory) {
    // Unbroken's trail makes it where it may; OpenSPP's may not.
    const state = writable.state === 'good' ? 'warning' : 'bad';
    return [tell('file-path', state, 'file-no-directory', { path: directory }), writable, errors];
  }
  const place =
    file === 'directory'
      ? tell('file-path', 'warning', 'file-is-directory', { path })
      : tell('file-path', 'good', file === 'file' ? 'file-there' : 'file-to-come', { path });
  return [place, writable, await checkRoom(directory), errors];
}

/** The nearest directory that is there. */
async function findHome(directory: string): Promise<string> {
  const parent = dirname(directory);
  return parent === directory || (await lookAt(directory)) === 'directory' ? directory : findHome(parent);
}

async function lookAt(path: string): Promise<'file' | 'directory' | 'missing' | 'hidden'> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'hidden';
  }
}

/** For the account of this process; nothing is written to find out. */
async function checkWritable(path: string): Promise<DoctorResult> {
  try {
    await access(path, constants.W_OK);
    return tell('file-writable', 'good', 'writable', { path });
  } catch {
    return tell('file-writable', 'bad', 'not-writable', { path });
  }
}

async function checkRoom(directory: string): Promise<DoctorResult> {
  try {
    const { bavail, bsize } = await statfs(directory);
    const free = bavail * bsize;
    const megabytes = Math.floor(free / MB);
    if (free < NONE_BYTES) return tell('file-room', 'bad', 'room-none', { megabytes });
    return free < LOW_BYTES
      ? tell('file-room', 'warning', 'room-low', { megabytes })
      : tell('file-room', 'good', 'room-enough', { megabytes });
  } catch {
    return tell('file-room', 'unknown', 'room-unknown');
  }
}
