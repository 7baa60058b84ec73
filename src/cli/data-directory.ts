import envPaths from 'env-paths';

/** Where the app of this account keeps what is its own. */
export function findDataDirectory(): string {
  return envPaths('unbroken', { suffix: '' }).data;
}
