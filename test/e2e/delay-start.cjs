/**
 * Holds the app back until Playwright listens: it calls `__playwright_run` then, and does not wait for it where it was
 * not loaded. Without this a window that opened while Playwright was connecting made the launch hang, once in some
 * hundred. Playwright's own loader does the same, but only for an Electron that it finds by itself.
 */
const { app } = require('electron');

process.argv.splice(1, process.argv.indexOf('--remote-debugging-port=0'));
const whenReady = app.whenReady();
const emit = app.emit.bind(app);
let isReady = false;
let readyArgs;
let release;
const released = new Promise((done) => {
  release = done;
});
app.emit = (event, ...args) => {
  if (event !== 'ready') return emit(event, ...args);
  readyArgs = args;
  return app.listenerCount('ready') > 0;
};
app.isReady = () => isReady;
app.whenReady = () => released;
globalThis.__playwright_run = async () => {
  const ready = await whenReady;
  isReady = true;
  release(ready);
  emit('ready', ...readyArgs);
};
