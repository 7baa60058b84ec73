/**
 * The dependency rule as a table, and the checker that holds the sources against it. The compiler's project
 * references enforce most of the same rows; this also sees packages, doors, names and sizes.
 */
import { dirname, join } from 'node:path/posix';
import { parseSync } from 'vite';

export interface SourceFile {
  /** Path from the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

interface Layer {
  /** Layers it may import, by their key in the table. */
  readonly imports: readonly string[];
  /** npm packages it may import; `@scope/*` stands for all of a scope. */
  readonly packages: readonly string[];
  /** Whether Node's own modules exist for it. */
  readonly node: boolean;
  /** The only files that other layers may import; absent where all may be. */
  readonly doors?: readonly string[];
}

/** What every stage may import. */
const below = ['contract', 'engine/base', 'engine/batch.ts'];
const stages = ['engine/source', 'engine/parse', 'engine/store', 'engine/analysis', 'engine/report'];

/** Key: a folder or file below src. A file belongs to the longest key that its path begins with. */
export const layers: Readonly<Record<string, Layer>> = {
  contract: { imports: [], packages: ['zod'], node: false },
  catalogue: { imports: ['contract'], packages: ['i18next'], node: false },
  'engine/base': { imports: ['contract', 'engine/batch.ts'], packages: ['fzstd'], node: true },
  'engine/batch.ts': { imports: ['contract'], packages: [], node: false },
  'engine/source': {
    imports: below,
    packages: ['chokidar', 'fzstd', 'tar-stream', 'unbzip2-stream', 'xz-decompress', 'yauzl'],
    node: true,
    doors: ['open-source.ts'],
  },
  'engine/parse': {
    imports: below,
    packages: [],
    node: false,
    doors: ['parse-lines.ts', 'read-entry.ts', 'read-rule-change.ts', 'canonical-form.ts'],
  },
  'engine/store': {
    imports: below,
    packages: ['better-sqlite3'],
    node: true,
    doors: ['open-store.ts', 'pack-batch.ts'],
  },
  'engine/analysis': {
    imports: below,
    packages: [],
    node: false,
    doors: ['analyse.ts', 'compare-copies.ts', 'label-streams.ts'],
  },
  'engine/report': {
    imports: [...below, 'catalogue'],
    packages: ['csv-stringify', 'd3-scale'],
    node: false,
    doors: [
      'build-report.ts',
      'mask-report.ts',
      'render-document.ts',
      'render-html.ts',
      'render-csv.ts',
      'render-text.ts',
    ],
  },
  engine: { imports: [...below, ...stages, 'catalogue'], packages: [], node: true, doors: ['engine.ts'] },
  config: { imports: ['contract', 'engine/base'], packages: ['js-ini', 'zod'], node: true },
  trail: {
    imports: ['contract', 'config', 'engine/base'],
    packages: ['better-sqlite3', 'kysely', 'pg'],
    node: true,
  },
  // A process of its own: it shares the spool with the engine, and reads an entry as the engine does.
  receiver: {
    imports: ['contract', 'engine/base', 'engine/batch.ts', 'engine/parse'],
    packages: ['@peculiar/x509', 'better-sqlite3', 'fastify', 'reflect-metadata', 'zod'],
    node: true,
    doors: [
      'keep-receiver.ts',
      'listen-address.ts',
      'receiver.ts',
      'receiver-process.ts',
      'senders/fingerprint.ts',
      'senders/sender-book.ts',
      'tls/read-tls.ts',
      'with-lock.ts',
    ],
  },
  host: {
    imports: [
      'contract',
      'catalogue',
      'config',
      'trail',
      'engine',
      'engine/base',
      'engine/report',
      'receiver',
    ],
    packages: ['@fastify/*', 'csv-parse', 'csv-stringify', 'env-paths', 'fastify', 'jsonc-parser', 'zod'],
    node: true,
  },
  main: {
    imports: ['contract', 'catalogue', 'host', 'receiver'],
    packages: ['electron', 'env-paths'],
    node: true,
  },
  preload: { imports: ['contract'], packages: ['electron'], node: false },
  renderer: {
    imports: ['contract', 'catalogue'],
    packages: [
      '@mantine/*',
      '@tabler/icons-react',
      '@tanstack/*',
      'd3-scale',
      'i18next',
      'react',
      'react-dom',
      'react-i18next',
      'recharts',
    ],
    node: false,
  },
  cli: {
    imports: [
      'contract',
      'catalogue',
      'config',
      'engine',
      'engine/base',
      'engine/report',
      'host',
      'receiver',
    ],
    packages: ['commander', 'env-paths', 'jsonc-parser'],
    node: true,
  },
};

const MAX_LINES = { src: 400, test: 600 };
const VAGUE_NAME = /(^|[-./])(utils?|helpers?|common|types|managers?)([-./]|$)/;

/** Lists what breaks the rule, one sentence each; empty where all is well. */
export function checkLayers(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [
    ...checkSize(file),
    ...checkName(file),
    ...(file.path.startsWith('src/') ? checkImports(file) : []),
  ]);
}

function checkSize({ path, text }: SourceFile): string[] {
  const limit = path.startsWith('src/') ? MAX_LINES.src : MAX_LINES.test;
  const lines = text.trimEnd().split('\n').length;
  return lines > limit ? [`${path} has ${lines} lines; ${limit} are allowed`] : [];
}

function checkName({ path }: SourceFile): string[] {
  return VAGUE_NAME.test(path) ? [`${path} has a name that says nothing: name it for what it gives`] : [];
}

function checkImports(file: SourceFile): string[] {
  const key = findLayer(file.path);
  const layer = key === undefined ? undefined : layers[key];
  if (key === undefined || layer === undefined) return [`${file.path} is in no layer of the table`];
  return listImports(file).flatMap((specifier) => {
    const why = specifier.startsWith('.')
      ? refuseRelative(key, layer, file.path, specifier)
      : refusePackage(key, layer, specifier);
    return why === undefined ? [] : [`${file.path} imports ${specifier}: ${why}`];
  });
}

function refuseRelative(key: string, layer: Layer, from: string, specifier: string): string | undefined {
  const target = join(dirname(from), specifier);
  if (target === 'package.json' && key === 'cli') return undefined; // For the version.
  if (!target.startsWith('src/')) return 'it lies outside src';
  const targetKey = findLayer(target);
  if (targetKey === undefined) return 'it is in no layer of the table';
  if (targetKey === key) return undefined;
  if (!layer.imports.includes(targetKey)) return `${key} may not import ${targetKey}`;
  const doors = layers[targetKey]?.doors;
  const name = target.slice(`src/${targetKey}/`.length);
  return doors === undefined || doors.includes(name)
    ? undefined
    : `the door of ${targetKey} is ${doors.join(', ')}`;
}

function refusePackage(key: string, layer: Layer, specifier: string): string | undefined {
  if (specifier.startsWith('node:')) return layer.node ? undefined : `${key} has no Node`;
  const [first = '', second] = specifier.split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  const allowed = layer.packages.includes(name) || layer.packages.includes(`${first}/*`);
  return allowed ? undefined : `${key} may not import this package`;
}

/** Specifiers of all imports and re-exports, those of types included. */
function listImports({ path, text }: SourceFile): string[] {
  const { module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const typeImports = [...text.matchAll(/\bimport\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return [
    ...module.staticImports.map((found) => found.moduleRequest.value),
    ...module.staticExports.flatMap((found) =>
      found.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
    ...typeImports,
  ];
}

function findLayer(path: string): string | undefined {
  return Object.keys(layers)
    .filter((key) => path === `src/${key}` || path.startsWith(`src/${key}/`))
    .sort((a, b) => b.length - a.length)[0];
}
