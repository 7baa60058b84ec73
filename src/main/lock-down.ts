/** Takes from every page what this app does not need: the network, other pages, new windows, permissions. */
import { app, type Session, type WebContents } from 'electron';
import { isPageUrl, PAGE_SCHEME } from './page-origin.ts';

/** Copying to the clipboard, which is offered beside each raw line, is the only thing the page may ask for. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

/** Applies to every page, also to one that somebody manages to open in the future. Call before any window is made. */
export function lockDownContents(): void {
  app.on('web-contents-created', (_event, contents) => denyLeaving(contents));
}

function denyLeaving(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // A reload of the page itself is the one navigation there is.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isPageUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
}

/** Closes the session: no request leaves the machine, nothing is permitted, nothing is downloaded. */
export function lockDownSession(session: Session): void {
  const schemes = new Set([`${PAGE_SCHEME}:`, 'data:', ...(app.isPackaged ? [] : ['devtools:'])]);
  session.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !schemes.has(new URL(request.url).protocol) });
  });
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(permission === ALLOWED_PERMISSION && isPageUrl(requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === ALLOWED_PERMISSION && isPageUrl(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  // Dictionaries would be fetched from elsewhere.
  session.setSpellCheckerEnabled(false);
}
