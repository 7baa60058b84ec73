/** Server-Sent Events (HTML standard, 9.2) as far as `unbroken serve` writes them: one `data:` line an event, comments between. */

/** Of one event: what a server sends is not trusted to end. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

/** The data of each event. Throws where one does not end. */
export async function* readEvents(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_CHARACTERS) throw new Error('an event does not end');
    for (const line of lines) if (line.startsWith('data: ')) yield line.slice('data: '.length);
  }
}
