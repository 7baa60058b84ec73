import { escapeMarked, showMarks } from '../catalogue/show-marks.ts';
import { createTranslate } from '../catalogue/translate.ts';
import type { SettingsView, SettingView } from '../contract/setting.ts';
import { readSettingsView } from '../host/auditing/audit-settings.ts';
import { findDataDirectory } from './data-directory.ts';

export interface ConfigOptions {
  readonly conf?: string;
  readonly own?: boolean;
  readonly json?: boolean;
}

/** `unbroken config`: each setting of the trail, and where it comes from. Exits 1 where one has no value. */
export function runConfig({ conf, own, json }: ConfigOptions): void {
  const view = readSettingsView({
    owner: own ? 'unbroken' : 'openspp',
    conf,
    dataDirectory: findDataDirectory(),
  });
  process.stdout.write(
    json ? `${escapeMarked(JSON.stringify(view.settings, null, 1))}\n` : describeView(view),
  );
  process.exitCode = view.settings.some(({ errors }) => errors.length > 0) ? 1 : 0;
}

const t = createTranslate('en');

function describeView(view: SettingsView): string {
  const lines = [
    `${t('setting.from.file')}: ${view.configFile ?? t('setting.from.noFile')}`,
    `${t('setting.from.database')}: ${view.database ?? t('setting.from.noDatabase')}`,
    '',
    ...view.settings.flatMap(describeSetting),
    ...view.strays.map(({ why, name }) => `  ! ${t(`setting.stray.${why}`, { name })}`),
    ...view.fileProblems.map(({ code, line }) => `  ! ${t(`setting.problem.${code}`, { line })}`),
  ];
  return lines.map((line) => `${showMarks(line)}\n`).join('');
}

function describeSetting(setting: SettingView): string[] {
  const { key, value, layer, tried, errors, warnings } = setting;
  const shown = value === null ? t('setting.noValue') : String(value) || t('setting.none');
  const from =
    setting.name === undefined ? t(`setting.layer.${layer}`) : describePlace(setting.name, setting.line);
  return [
    `${key.padEnd(20)} ${shown.padEnd(34)} ${from}`,
    ...errors.map(({ name, line, code }) => `  ! ${describePlace(name, line)} ${t(`setting.error.${code}`)}`),
    ...tried.map(({ name, line, text }) => `  - ${describePlace(name, line)}: ${text || t('setting.none')}`),
    ...warnings.map(({ code, name }) => `  ! ${t(`setting.warning.${code}`, { name })}`),
  ];
}

function describePlace(name: string, line: number | undefined): string {
  return line === undefined ? name : t('setting.at', { name, line });
}
