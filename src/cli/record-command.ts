/**
 * Commands that look into evidence, recorded in the log of what people do with Unbroken before they begin: a reader
 * of their output may end them at any time.
 */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { recordByHand } from '../host/own-log/change-by-hand.ts';
import { findDataDirectory } from './data-directory.ts';

/** The others only show what is set, or have what they do recorded themselves. */
const RECORDED: ReadonlySet<string> = new Set(['verify', 'import', 'report', 'entries', 'sql']);

/** Failure: `output-inside-evidence`, where that log lies in what is to be opened. */
export async function recordCommand(command: Command): Promise<void> {
  const name = command.name();
  if (!RECORDED.has(name)) return;
  const options: Readonly<Record<string, unknown>> = command.opts();
  const opensPaths = command.registeredArguments.some((argument) => argument.name() === 'path');
  const paths = opensPaths ? command.args.map((path) => resolve(path)) : [];
  const kept = [options['workspace'], options['data']].filter((place) => typeof place === 'string');
  const action = {
    model: 'unbroken.workspace',
    id: paths.length > 0 ? paths : kept.map((place) => resolve(place)),
    action: name,
    new: opensPaths ? options : { ...options, arguments: command.args },
  };
  await recordByHand(findDataDirectory(), action, paths);
}
