/** The one page of the app: where it lives, and how it is recognised. */
import type { WebContents, WebFrameMain } from 'electron';

export const PAGE_SCHEME = 'app';
export const PAGE_HOST = 'unbroken';
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/index.html`;

/** Tells whether a URL is the page's own or one of its files'. */
export function isPageUrl(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === `${PAGE_SCHEME}:` && new URL(url).host === PAGE_HOST;
}

/** Tells whether a message comes from the page itself: its main frame, showing our own origin. */
export function isPage(event: {
  readonly sender: WebContents;
  readonly senderFrame: WebFrameMain | null;
}): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isPageUrl(frame.url);
}
