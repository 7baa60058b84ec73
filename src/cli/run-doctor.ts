import { escapeMarked, showMarks } from '../catalogue/show-marks.ts';
import { createTranslate } from '../catalogue/translate.ts';
import { hasFailed } from '../config/doctor/run-doctor.ts';
import type { DoctorReport } from '../contract/doctor.ts';
import { examineTrail } from '../host/auditing/examine-trail.ts';
import { findDataDirectory } from './data-directory.ts';
import type { ConfigOptions } from './run-config.ts';

interface DoctorOptions extends ConfigOptions {
  readonly sendTestEntry?: boolean;
}

/** `unbroken doctor`: the backends examined, with what to do. Exits 1 where something is wrong. */
export async function runDoctorCommand({
  conf,
  own,
  json,
  sendTestEntry = false,
}: DoctorOptions): Promise<void> {
  const owner = own ? 'unbroken' : 'openspp';
  const report = await examineTrail({ owner, conf, sendTestEntry, dataDirectory: findDataDirectory() });
  process.stdout.write(json ? `${escapeMarked(JSON.stringify(report, null, 1))}\n` : describeReport(report));
  process.exitCode = hasFailed(report) ? 1 : 0;
}

const t = createTranslate('en');

function describeReport({ results }: DoctorReport): string {
  const bad = results.filter(({ state }) => state === 'bad').length;
  const lines = results.flatMap(({ check, state, code, facts }) => {
    const todo = `doctor.do.${code}`;
    const advice = t(todo);
    return [
      `${t(`doctor.state.${state}`).padEnd(10)} ${t(`doctor.check.${check}`).padEnd(24)} ${t(`doctor.says.${code}`, facts)}`,
      ...(advice === todo ? [] : [`${' '.repeat(36)}${advice}`]),
    ];
  });
  const end = bad === 0 ? t('doctor.summary.good') : t('doctor.summary.bad', { count: bad });
  return [...lines, '', end].map((line) => `${showMarks(line)}\n`).join('');
}
