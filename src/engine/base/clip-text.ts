/** Cuts a very long text (a log may hold a node name of megabytes), and says by how many characters. */
export function clipText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const lastUnit = text.charCodeAt(limit - 1);
  // Never through a surrogate pair.
  const end = lastUnit >= 0xd800 && lastUnit <= 0xdbff ? limit - 1 : limit;
  return `${text.slice(0, end)}… [+${text.length - end}]`;
}
