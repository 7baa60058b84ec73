/** Addresses to listen on, as a person writes them: `HOST:PORT`, and `[::1]:514` for IPv6. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Throws on anything else. */
export function readListenAddress(text: string): ListenAddress {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port > 65_535) throw new Error(`an address is written as HOST:PORT, not as ${text}`);
  return { host: match[1] ?? match[2] ?? '', port };
}

/** The same of an address that is in use. */
export function nameAddress({ address, port }: { readonly address: string; readonly port: number }): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
