/**
 * The configuration of `unbroken serve`: a JSON file, in which comments are allowed, below what the command line says. All
 * that is wrong is told at once, each with its line and key.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { ServeSettings } from '../contract/serve-settings.ts';
import { createFailure } from '../engine/base/failure.ts';

/** Some of the settings, as the command line gives them. */
type Said<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Said<T[K]> | undefined }
    : T;

interface Source {
  readonly tree: Node;
  readonly findLine: (offset: number) => number;
}
type Issue = NonNullable<ReturnType<typeof ServeSettings.safeParse>['error']>['issues'][number];

/** Failures: `path-not-found`, `bad-request`. Paths in the file are relative to its directory. */
export function readServeSettings(file: string | undefined, said: Said<ServeSettings>): ServeSettings {
  const source = file === undefined ? undefined : readSource(file);
  const parsed = ServeSettings.safeParse(overlay(source ? getNodeValue(source.tree) : {}, said));
  if (!parsed.success)
    throw refuse(
      file,
      parsed.error.issues.flatMap((issue) => describe(issue, source)),
    );
  return file === undefined ? parsed.data : resolvePaths(parsed.data, dirname(resolve(file)));
}

function refuse(file: string | undefined, sentences: readonly string[]): Error {
  const text = sentences.join('; ');
  return createFailure('bad-request', file === undefined ? text : `${file}, ${text}`);
}

function readSource(file: string): Source {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw createFailure('path-not-found', 'the configuration cannot be read', { subject: file, cause });
  }
  const findLine = (offset: number): number => text.slice(0, offset).split('\n').length;
  const faults: ParseError[] = [];
  const tree = parseTree(text, faults, { allowTrailingComma: true });
  const [fault] = faults;
  if (!tree || fault) {
    const what = fault ? printParseErrorCode(fault.error) : 'ValueExpected';
    throw refuse(file, [`line ${findLine(fault?.offset ?? 0)}: this is no JSON (${what})`]);
  }
  const doubled = listDoubled(tree).map(
    ({ offset, value }) => `line ${findLine(offset)}: ${String(value)} is said twice`,
  );
  if (doubled.length > 0) throw refuse(file, doubled);
  return { tree, findLine };
}

/** Keys that come again in the same object: one of the two values would be dropped without a word. */
function listDoubled(node: Node): Node[] {
  const children = node.children ?? [];
  const keys = node.type === 'object' ? children.flatMap(({ children: [key] = [] }) => key ?? []) : [];
  const own = keys.filter(({ value }, i) => keys.findIndex((other) => other.value === value) < i);
  return [...own, ...children.flatMap(listDoubled)];
}

/** What is wrong with a key; with several that are not known, each of them. */
function describe(issue: Issue, source: Source | undefined): string[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? part.toString() : part));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => tell([...path, key], 'there is no such setting', source));
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return [tell(path, isMissing ? 'it has to be said, beside what was' : issue.message, source)];
}

function tell(path: (string | number)[], message: string, source: Source | undefined): string {
  const node = source && findNodeAtLocation(source.tree, path);
  const line = node && source.findLine(node.parent?.type === 'property' ? node.parent.offset : node.offset);
  const place = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(path.length > 0 ? [path.join('.')] : []),
  ];
  return [...place, message].join(': ');
}

/** What is said above wins, key by key; a list as a whole. */
function overlay(below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  if (!isObject(above) || (below !== undefined && !isObject(below))) return isObject(above) ? below : above;
  const keys = new Set([...Object.keys(below ?? {}), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, overlay(below?.[key], above[key])]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resolvePaths(settings: ServeSettings, directory: string): ServeSettings {
  const { certificate, key, clientCa } = settings.tls;
  const files = Object.entries({ certificate, key, clientCa }).flatMap(([name, path]) =>
    path === undefined ? [] : [[name, resolve(directory, path)]],
  );
  return {
    ...settings,
    tls: { ...settings.tls, ...Object.fromEntries(files) },
    tail: settings.tail.map((path) => resolve(directory, path)),
  };
}
