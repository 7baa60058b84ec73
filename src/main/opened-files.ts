/** What macOS opens with the app: it gives no arguments, but tells of each file, the first before the app is ready. */
import type { App } from 'electron';

export interface OpenedFiles {
  /** Gives what was opened until now; whatever comes later goes to `open`. */
  handOver(open: (path: string) => void): string[];
}

/** Listens from now on: call it before the app is ready. */
export function catchOpenedFiles(app: Pick<App, 'on'>): OpenedFiles {
  const early: string[] = [];
  let open = (path: string): void => void early.push(path);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(path);
  });
  return {
    handOver(to) {
      open = to;
      return early.splice(0);
    },
  };
}
