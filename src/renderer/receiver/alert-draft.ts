/** What is told to whom, as fields that are being written in. */
import { AlertChoice } from '../../contract/alert-calls.ts';

const GIB = 1024 ** 3;
/** Any sender that is not named. */
const ANY = '*';

export interface AlertDraft {
  readonly desktop: boolean;
  readonly kinds: AlertChoice['kinds'];
  readonly settleSeconds: number | string;
  readonly silentMinutes: number | string;
  readonly lowDiskGib: number | string;
  readonly url: string;
  readonly authorization: string;
  /** The program and its arguments, a line each. */
  readonly command: string;
}

export function draftAlerts(choice: AlertChoice): AlertDraft {
  const { desktop, kinds, settleSeconds, silentAfterMinutes, lowDiskBytes, webhook, command } = choice;
  return {
    ...{ desktop, kinds, settleSeconds },
    silentMinutes: silentAfterMinutes[ANY] ?? '',
    lowDiskGib: Math.round((lowDiskBytes / GIB) * 100) / 100,
    url: webhook?.url ?? '',
    authorization: webhook?.authorization ?? '',
    command: command?.join('\n') ?? '',
  };
}

/** The choice that is meant; what the fields do not show is as it was. Undefined where a field cannot be right. */
export function readDraft(draft: AlertDraft, before: AlertChoice): AlertChoice | undefined {
  const { desktop, kinds, settleSeconds, silentMinutes, lowDiskGib, url, authorization } = draft;
  const { webhook, command: _, ...others } = before;
  const { [ANY]: __, ...named } = others.silentAfterMinutes;
  const { authorization: ___, ...kept } = webhook ?? { timeoutMs: undefined };
  const command = draft.command.split('\n').filter((line) => line !== '');
  const isAsBefore = draft.lowDiskGib === draftAlerts(before).lowDiskGib;
  return AlertChoice.safeParse({
    ...{ ...others, desktop, kinds, settleSeconds },
    silentAfterMinutes: silentMinutes === '' ? named : { ...named, [ANY]: silentMinutes },
    lowDiskBytes:
      isAsBefore || typeof lowDiskGib === 'string' ? before.lowDiskBytes : Math.round(lowDiskGib * GIB),
    ...(url.trim() !== '' && {
      webhook: { ...kept, url: url.trim(), ...(authorization !== '' && { authorization }) },
    }),
    ...(command.length > 0 && { command }),
  }).data;
}
