/** What checks of the doctor have in common: the values they look at, and the row they answer with. */
import type { DoctorCheckName, DoctorResult } from '../../contract/doctor.ts';
import type { SettingValues } from '../setting-table.ts';

/** Values of sound settings. */
export type Sound = Partial<SettingValues>;

/** One row, in one line. */
export function tell(
  check: DoctorCheckName,
  state: DoctorResult['state'],
  code: DoctorResult['code'],
  facts: DoctorResult['facts'] = {},
): DoctorResult {
  return { check, state, code, facts };
}
