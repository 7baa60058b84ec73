/** What a host of a test is made with: everything it writes lies below one directory. */
import { join } from 'node:path';
import type { HostOptions } from '../../src/host/handlers.ts';

/** Days of genuine output of the module: what the hosts of tests offer as their sample. */
export const days = join(import.meta.dirname, '..', 'fixtures', 'days', 'audit');

export function makeHostOptions(directory: string, logBug: (error: unknown) => void): HostOptions {
  return {
    shell: 'browser',
    version: '0',
    runtime: 'test',
    developmentRuntime: false,
    startPaths: [],
    dataDirectory: join(directory, 'data'),
    environment: {},
    workspaceDirectory: join(directory, 'workspaces'),
    sampleDirectory: days,
    configDirectory: join(directory, 'config'),
    licencesFile: join(directory, 'licences.json'),
    logBug,
  };
}
