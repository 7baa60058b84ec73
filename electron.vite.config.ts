import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;
const require = createRequire(import.meta.url);

/** Everything that runs on Node is one build, so that the engine's code is there once, whichever process loads it. */
const nodeEntries = [
  'src/main/main.ts',
  'src/main/engine-process.ts',
  'src/receiver/receiver-process.ts',
  'src/cli/cli.ts',
  ...globSync('src/{engine,receiver}/*/*-thread.ts', { cwd: root }),
];

export default defineConfig({
  main: {
    define: { ELECTRON_VERSION: JSON.stringify(require('electron/package.json').version) },
    build: {
      outDir: 'out/main',
      // One file loads in a tenth of the time that a package's hundred take.
      externalizeDeps: {
        // The trail can write to PostgreSQL; the app's own trail does not.
        include: ['pg'],
        exclude: [
          'chokidar',
          'commander',
          'csv-stringify',
          'd3-scale',
          'env-paths',
          'fzstd',
          'i18next',
          'unbzip2-stream',
          'xz-decompress',
          'yauzl',
          'zod',
        ],
      },
      // The oldest runtime is the Node 20.18 inside the development Electron.
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(nodeEntries.map((path) => [basename(path, '.ts'), resolve(root, path)])),
        output: {
          format: 'es',
          // One flat folder: a thread's entry is found beside whichever chunk starts it.
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A preload in the sandbox can only be CommonJS, in one file.
      rolldownOptions: {
        input: { preload: resolve(root, 'src/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    // Paths relative to the page: the same files are served as app://unbroken/ and by HTTP.
    base: './',
    plugins: [react()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      target: 'chrome130',
      rolldownOptions: { input: resolve(root, 'src/renderer/index.html') },
      // The security policy allows no data: scripts and few data: anything.
      assetsInlineLimit: 0,
    },
  },
});
