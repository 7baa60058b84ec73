import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEngine } from '../../src/engine/engine.ts';
import { rememberPlace, setAsideCopy } from '../../src/host/workspaces/copied-workspace.ts';

const sample = join(import.meta.dirname, '..', '..', 'resources', 'sample', 'audit');
let root: string;
let file: string;
let engine: ReturnType<typeof openEngine>;
let notices: string[];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'unbroken-copied-'));
  mkdirSync(join(root, 'data'));
  file = join(root, 'data', 'workspace.unbroken');
  engine = openEngine({ workspace: file, evidence: [sample] });
  // The first fills it, and from the second on others can read meanwhile.
  for (const _ of [1, 2]) await engine.importPaths([sample], { signal: new AbortController().signal });
  rememberPlace(file);
  notices = [];
});

afterEach(() => rmSync(root, { recursive: true }));

function look(directory: string): string[] {
  setAsideCopy(join(root, directory, 'workspace.unbroken'), (text) => notices.push(text));
  return readdirSync(join(root, directory)).filter((name) => name.endsWith('.unbroken'));
}

test('a copy of an open one is set aside whole', async () => {
  expect(existsSync(`${file}-wal`)).toBe(true);
  cpSync(join(root, 'data'), join(root, 'copy'), { recursive: true });
  await engine.close();
  expect(look('copy')).toEqual([expect.stringMatching(/^workspace-copied-\d+\.unbroken$/)]);
  expect(notices).toHaveLength(1);
});

test('a copy of a closed one is as good as the first, and so is one after a crash', async () => {
  expect(look('data')).toEqual(['workspace.unbroken']);
  await engine.close();
  cpSync(join(root, 'data'), join(root, 'copy'), { recursive: true });
  expect(look('copy')).toEqual(['workspace.unbroken']);
  expect(notices).toEqual([]);
});
