/**
 * Tells people of what they would want to know without looking. What was told is remembered in the data directory, so
 * that a restart tells nothing twice.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { Translate } from '../../catalogue/translate.ts';
import type { Alert, AlertSettings } from '../../contract/alert.ts';
import type { ReceiverStatus } from '../../contract/receiver-status.ts';
import { SenderBook } from '../../receiver/senders/sender-book.ts';
import { AlertMemory, type Cause, type DueAlert, decideAlerts } from './decide-alerts.ts';
import { Heard, ReceiverCauses } from './list-causes.ts';
import { AlertSender } from './send-alert.ts';

export interface AlertWatchOptions {
  readonly settings: AlertSettings;
  /** The data directory that is served. */
  readonly data: string;
  /** In the language of whoever reads it. */
  readonly translate: Translate;
  readonly notice: (text: string) => void;
  /** Told of each alert as well: for a notification of the desktop. */
  readonly onAlert?: ((alert: Alert) => void) | undefined;
  readonly now?: () => number;
}

const Kept = z.strictObject({ version: z.literal(1), memory: AlertMemory, heard: Heard });

const LOOK_MS = 5000;
/** Characters of a name. */
const MAX_NAME = 80;

export class AlertWatch {
  readonly #options: AlertWatchOptions;
  readonly #now: () => number;
  readonly #file: string;
  readonly #sender: AlertSender;
  readonly #senders: SenderBook;
  readonly #receiver: ReceiverCauses;
  readonly #timer: NodeJS.Timeout;
  #memory: AlertMemory;
  /** Undefined until there was a check: what is remembered of the log still holds. */
  #found: readonly Cause[] | undefined;
  #saved = '';

  constructor(options: AlertWatchOptions) {
    const { settings, data, notice } = options;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#file = join(data, 'receiver', 'alerts.json');
    const { memory, heard } = readKept(this.#file);
    this.#memory = memory;
    this.#receiver = new ReceiverCauses(settings, heard);
    this.#senders = new SenderBook(data);
    this.#sender = new AlertSender({ settings, notice });
    this.#timer = setInterval(() => this.look(), LOOK_MS);
  }

  noteStatus(status: ReceiverStatus): void {
    this.#receiver.note(status, this.#now());
  }

  /** What the last check of the log found. */
  noteFound(causes: readonly Cause[]): void {
    this.#found = causes;
  }

  /** Decides on what is known now; also done every few seconds. */
  look(): void {
    try {
      this.#senders.refresh();
      const senders = this.#senders
        .list()
        .filter(({ revokedAt }) => revokedAt === undefined)
        .map(({ name }) => name);
      const nowMs = this.#now();
      const { kinds } = this.#options.settings;
      const every = [...(this.#found ?? this.#remembered()), ...this.#receiver.list(senders, nowMs)];
      const causes = every.filter(({ kind }) => kinds.includes(kind));
      const moment = { nowMs, settleMs: this.#options.settings.settleSeconds * 1000 };
      const { memory, due } = decideAlerts(this.#memory, causes, moment);
      this.#memory = memory;
      this.#save();
      for (const one of due) this.#tell(one, nowMs);
    } catch (error) {
      this.#options.notice(`alerts: ${String(error)}`);
    }
  }

  /** Gives up what does not get through. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sender.close();
  }

  /** Before the first check: a gap that was told is there as before, and one that was not may have closed. */
  #remembered(): Cause[] {
    return Object.entries(this.#memory).flatMap(([name, { kind, place, isTold }]) =>
      isTold && (kind === 'gap' || kind === 'rule-changed')
        ? [{ kind, place, id: name.slice(kind.length + 1) }]
        : [],
    );
  }

  #tell({ kind, state, count, entries, ...due }: DueAlert, nowMs: number): void {
    const places = due.places.map(tame);
    const { translate, onAlert } = this.#options;
    const alert: Alert = {
      format: 'unbroken.alert/1',
      kind,
      state,
      at: new Date(nowMs).toISOString(),
      count,
      ...(entries !== undefined && { entries }),
      places,
      text: sayAlert({ kind, state, count, places, ...(entries !== undefined && { entries }) }, translate),
    };
    this.#sender.send(alert);
    onAlert?.(alert);
  }

  #save(): void {
    const text = JSON.stringify({ version: 1, memory: this.#memory, heard: this.#receiver.heard });
    if (text === this.#saved) return;
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    writeFileSync(`${this.#file}.part`, text, { mode: 0o600 });
    renameSync(`${this.#file}.part`, this.#file);
    this.#saved = text;
  }
}

/** A name comes from a log: it is shown as it is, at some length, and calls nobody in a chat. */
function tame(place: string): string {
  const shown = showMarks(place).replace(/[<>@]/g, '·');
  return shown.length > MAX_NAME ? `${shown.slice(0, MAX_NAME)}…` : shown;
}

/** An alert as a sentence. */
function sayAlert({ kind, state, count, entries = 0, places }: DueAlert, translate: Translate): string {
  return translate(`alert.${state}.${kind}`, { count, entries, places: places.join(', ') });
}

/** What cannot be read is as good as nothing: then what holds is told again. */
function readKept(file: string): { memory: AlertMemory; heard: Heard } {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { memory: {}, heard: {} };
  }
}
