/** A backend in memory that fails and hangs when it is told to; for tests of the trail, not of backends. */
import type { Backend, BackendName, BackendState, Loss, RecordedEntry } from '../../src/trail/backend.ts';

export class FakeBackend implements Backend {
  readonly name: BackendName;
  readonly lines: string[] = [];
  mode: 'works' | 'fails' | 'throws' | 'hangs' = 'works';
  /** What hangs goes on. */
  release: () => void = () => {};
  /** Tells the trail that entries found no room. */
  tellLoss: (loss: Loss) => Promise<void> = async () => {};
  /** What comes of entries after they were taken. */
  outage: BackendState['outage'];
  #lost = 0;
  #held = Promise.withResolvers<void>();

  constructor(name: BackendName = 'file') {
    this.name = name;
    this.release = () => {
      this.mode = 'works';
      this.#held.resolve();
      this.#held = Promise.withResolvers();
    };
  }

  get entries(): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  write(entry: RecordedEntry): Promise<void> {
    if (this.mode === 'throws') throw new Error('thrown at once');
    return this.#write(entry);
  }

  async confirm(): Promise<void> {
    if (this.mode === 'hangs') await this.#held.promise;
  }

  onLoss(tell: (loss: Loss) => Promise<void>): void {
    this.tellLoss = tell;
  }

  state() {
    const outage = this.outage ? { outage: this.outage } : {};
    return { name: this.name, written: this.lines.length, lost: this.#lost, waiting: 0, ...outage };
  }

  async close(): Promise<void> {}

  async #write(entry: RecordedEntry): Promise<void> {
    if (this.mode === 'hangs') await this.#held.promise;
    if (this.mode === 'fails') {
      this.#lost++;
      throw new Error('no room left');
    }
    this.lines.push(entry.line);
  }
}
