/** Brings what a server made to a place on this machine that the person chooses. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createFailure } from '../../engine/base/failure.ts';
import type { FarServer } from './far-server.ts';
import { unreachable } from './trusted-agent.ts';

/** The file, which is whole or not there; null where the person cancels. Failures: `output-not-writable`, and those of the server. */
export async function bringDown(
  server: Pick<FarServer, 'openDownload' | 'origin'>,
  path: string,
  chooseTarget: (name: string) => Promise<string | undefined>,
): Promise<string | null> {
  const response = await server.openDownload(path);
  const file = await chooseTarget(readName(response.headers['content-disposition']));
  if (file === undefined) {
    response.destroy();
    return null;
  }
  const part = `${file}.part`;
  try {
    const target = createWriteStream(part, { mode: 0o600 });
    await pipeline(response, target);
    await rename(part, file);
    return file;
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    // Both ends of a pipe fail together: the disk's own failures name what it was asked to do.
    const { syscall = '' } = error as NodeJS.ErrnoException;
    if (!['open', 'write', 'rename'].includes(syscall)) throw unreachable(server.origin, error);
    throw createFailure('output-not-writable', 'the file cannot be written', { subject: file, cause: error });
  }
}

/** A server's name for a file is a proposal, and leads nowhere else. */
function readName(disposition = ''): string {
  const [, encoded = ''] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
  let name = '';
  try {
    name = decodeURIComponent(encoded);
  } catch {
    // A percent sign that encodes nothing.
  }
  const plain = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '');
  return plain === '' ? 'unbroken' : plain.slice(-100);
}
