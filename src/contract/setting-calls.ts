/** Calls about the settings of audit trails, as `api.ts` has them. */
import { z } from 'zod';
import { DoctorReport } from './doctor.ts';
import { SettingKey, SettingsOwner, SettingsView } from './setting.ts';

export const settingCalls = {
  'settings.list': { input: z.strictObject({ owner: SettingsOwner }), output: SettingsView },
  /**
   * Sets what the database says of a key, or takes it out (null). `setting-fixed` where environment or file decide,
   * `bad-setting` where the text is no value.
   */
  'settings.set': {
    input: z.strictObject({ key: SettingKey, text: z.string().max(10_000).nullable() }),
    output: SettingsView,
  },
  /** Examines the backends; with a workspace, models are compared with those in its entries. */
  'doctor.run': {
    input: z.strictObject({
      owner: SettingsOwner,
      sendTestEntry: z.boolean(),
      workspace: z.string().optional(),
    }),
    output: DoctorReport,
  },
} as const;
