import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const unit = resolve(import.meta.dirname, '../../resources/deploy/unbroken.service');
const analyse = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync('systemd-analyze', args, { encoding: 'utf8', env: { ...process.env, SYSTEMD_COLORS: '0' } });
const version = Number(/^systemd (\d+)/.exec(analyse('--version').stdout ?? '')?.[1] ?? 0);

test.skipIf(version === 0)('systemd reads the unit without a complaint', () => {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-unit-'));
  const here = join(directory, 'unbroken.service');
  // Not installed here: the program is another one that is there.
  writeFileSync(here, readFileSync(unit, 'utf8').replace('/opt/unbroken/out/cli/unbroken', process.execPath));
  const { status, stderr } = analyse('verify', '--man=no', here);
  rmSync(directory, { recursive: true });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

// Reading a unit that is not loaded came with 250.
test.skipIf(version < 250)('it leaves little to a program that was taken over', () => {
  const { stdout } = analyse('security', '--offline=true', '--no-pager', unit);
  const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
  expect(exposure).toBeLessThanOrEqual(2);
});
