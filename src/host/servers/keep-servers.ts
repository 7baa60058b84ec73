/** Servers that were signed in to, in one file of the person's configuration directory: no password, token or session. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { KnownServer } from '../../contract/server.ts';
import { keepJson } from '../../engine/base/keep-json.ts';

const MAX_KNOWN = 20;

export class KnownServers {
  readonly #file: string;

  constructor(directory: string) {
    this.#file = join(directory, 'servers.json');
  }

  /** The latest first. A file that is not as it was written is an error: it would take back what was confirmed. */
  list(): readonly KnownServer[] {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    return z.array(KnownServer).parse(JSON.parse(text));
  }

  find(address: string): KnownServer | undefined {
    return this.list().find((one) => one.address === address);
  }

  remember(server: KnownServer): void {
    keepJson(this.#file, [server, ...this.#others(server.address)].slice(0, MAX_KNOWN));
  }

  forget(address: string): void {
    keepJson(this.#file, this.#others(address));
  }

  #others(address: string): KnownServer[] {
    return this.list().filter((one) => one.address !== address);
  }
}
