/** From what a layer's text says to a value, by the kind of the setting. Pure. */
import { ModelName } from '../contract/rule.ts';
import type { SettingErrorCode, SettingValue } from '../contract/setting.ts';

export type Read<T> = { readonly value: T } | { readonly error: SettingErrorCode };
export type Reader<T extends SettingValue> = (text: string) => Read<T>;

const YES = new Set(['true', '1', 'yes', 'on']);
const NO = new Set(['false', '0', 'no', 'off', '']);

/** In any case and without trimming, as documented; empty is false. What is neither is an error, where OpenSPP has false. */
export const readBoolean: Reader<boolean> = (text) => {
  const word = text.toLowerCase();
  if (YES.has(word)) return { value: true };
  return NO.has(word) ? { value: false } : { error: 'not-a-boolean' };
};

/** Spaces around it are allowed, as in Python. */
export function readInteger(min: number, max: number): Reader<number> {
  return (text) => {
    if (!/^\s*[+-]?\d{1,15}\s*$/.test(text)) return { error: 'not-a-number' };
    const value = Number(text);
    return value >= min && value <= max ? { value } : { error: 'out-of-range' };
  };
}

/** Reads one of these words, in capitals or not. */
export function readChoice<T extends string>(choices: readonly T[]): Reader<T> {
  return (text) => {
    const found = choices.find((choice) => choice === text.toLowerCase());
    return found === undefined ? { error: 'not-a-choice' } : { value: found };
  };
}

/** Reads a text without control characters. */
export const readPlain: Reader<string> = (text) =>
  hasControls(text) ? { error: 'not-text' } : { value: text };

/** A host's name or address; a port has a setting of its own. */
export const readHost: Reader<string> = (text) =>
  /^[\w.-]{1,253}$/.test(text) || /^[0-9a-f:.]+(%\w+)?$/i.test(text)
    ? { value: text }
    : { error: 'not-a-host' };

export const readPath: Reader<string> = (text) =>
  text.trim() === '' || hasControls(text) ? { error: 'not-a-path' } : { value: text };

/** Empty: none. */
export const readOptionalPath: Reader<string> = (text) => (text === '' ? { value: '' } : readPath(text));

/** Empty: none. User and password belong into the Authorization header, where they are kept secret. */
export const readUrl: Reader<string> = (text) => {
  if (text === '') return { value: '' };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return { error: 'not-a-url' };
  return url.username || url.password ? { error: 'url-has-credentials' } : { value: text };
};

/** What a header's value may be (RFC 9110, 5.5), in ASCII: it is sent as it is. */
export const readHeader: Reader<string> = (text) =>
  /^[\x20-\x7e]*$/.test(text) ? { value: text } : { error: 'not-a-header' };

/** Names with commas between them; empty ones are left out. */
export function readList(isName: (name: string) => boolean, error: SettingErrorCode): Reader<string[]> {
  return (text) => {
    const names = text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    return names.every(isName) ? { value: [...new Set(names)] } : { error };
  };
}

export const readModels = readList((name) => ModelName.safeParse(name).success, 'not-a-model');

/** `field` in every model, or `model:field` in one. */
export const readFields = readList((name) => {
  const [field = '', model, ...more] = name.split(':').reverse();
  const isModel = model === undefined || ModelName.safeParse(model).success;
  return more.length === 0 && isModel && /^[\p{L}_][\p{L}\p{N}_]{0,127}$/u.test(field);
}, 'not-a-field');

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
