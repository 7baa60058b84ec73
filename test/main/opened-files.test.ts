/** Files that macOS opens with the app, told by an app that is only an emitter. */
import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test, vi } from 'vitest';
import { catchOpenedFiles } from '../../src/main/opened-files.ts';

test('what is opened before the app is ready is kept for the start, what comes later is opened at once', () => {
  const app = new EventEmitter();
  const opened = catchOpenedFiles(app as unknown as App);
  const preventDefault = vi.fn();
  const open = (path: string) => app.emit('open-file', { preventDefault }, path);
  open('/cases/march.unbroken');
  open('/logs/audit.jsonl');
  const later = vi.fn();
  expect(opened.handOver(later)).toEqual(['/cases/march.unbroken', '/logs/audit.jsonl']);
  expect(later).not.toHaveBeenCalled();
  open('/logs/copy.jsonl');
  expect(later.mock.calls).toEqual([['/logs/copy.jsonl']]);
  expect(opened.handOver(later)).toEqual([]);
  // Without it the system opens the file with another app as well.
  expect(preventDefault).toHaveBeenCalledTimes(3);
});
