/** The doctor of an audit trail, with the rules that are kept here. */
import { type DoctorOptions, runDoctor } from '../../config/doctor/run-doctor.ts';
import type { DoctorReport } from '../../contract/doctor.ts';
import type { SettingsOwner } from '../../contract/setting.ts';
import { type AuditSettingsOptions, readAuditSettings } from './audit-settings.ts';
import { keepRules } from './keep-rules.ts';

export type ExamineOptions = AuditSettingsOptions & Pick<DoctorOptions, 'sendTestEntry' | 'models'>;

export function examineTrail({ sendTestEntry, models, ...options }: ExamineOptions): Promise<DoctorReport> {
  const { owner, dataDirectory } = options;
  const settings = readAuditSettings(options);
  return runDoctor({ owner, settings, sendTestEntry, models, rules: readRules(owner, dataDirectory) });
}

/** OpenSPP's own rules are in its database: where none are kept here, nothing is known of them. */
function readRules(owner: SettingsOwner, dataDirectory: string): DoctorOptions['rules'] {
  try {
    const rules = keepRules(dataDirectory).list();
    return owner === 'openspp' && rules.length === 0 ? undefined : rules;
  } catch {
    return 'unreadable';
  }
}
