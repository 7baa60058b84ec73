import envPaths from 'env-paths';

/** Where the app of this account keeps what is its own. */
export function findDirectories(): { readonly configDirectory: string; readonly dataDirectory: string } {
  const { config, data } = envPaths('unbroken', { suffix: '' });
  return { configDirectory: config, dataDirectory: data };
}
