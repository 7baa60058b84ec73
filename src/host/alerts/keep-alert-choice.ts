/** Whom the desktop tells, as a person chose it: in one file of their configuration directory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AlertChoice, KEPT_SECRET } from '../../contract/alert-calls.ts';
import { keepJson } from '../../engine/base/keep-json.ts';

/** A file that is not there, or that says something else than ours would, stands for the defaults. */
export function readAlertChoice(directory: string): AlertChoice {
  try {
    return AlertChoice.parse(JSON.parse(readFileSync(toFile(directory), 'utf8')));
  } catch {
    return AlertChoice.parse({});
  }
}

export function writeAlertChoice(directory: string, choice: AlertChoice): void {
  keepJson(toFile(directory), choice);
}

/** As it may be shown and recorded. */
export function hideSecret(choice: AlertChoice): AlertChoice {
  const { webhook } = choice;
  if (webhook?.authorization === undefined) return choice;
  return { ...choice, webhook: { ...webhook, authorization: KEPT_SECRET } };
}

/** With the secret that is kept, where it is asked for the same origin; without one elsewhere. */
export function fillSecret(asked: AlertChoice, kept: AlertChoice): AlertChoice {
  const { webhook } = asked;
  if (webhook?.authorization !== KEPT_SECRET) return asked;
  const { authorization: _, ...open } = webhook;
  const { authorization, url = '' } = kept.webhook ?? {};
  const isSame = URL.canParse(url) && new URL(url).origin === new URL(webhook.url).origin;
  return { ...asked, webhook: isSame && authorization !== undefined ? { ...open, authorization } : open };
}

function toFile(directory: string): string {
  return join(directory, 'alerts.json');
}
