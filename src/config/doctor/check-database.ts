/** The database backend: its errors of late. Where its table is, no setting says. */
import type { DoctorResult } from '../../contract/doctor.ts';
import { checkErrors } from './check-errors.ts';
import { type Sound, tell } from './tell.ts';

export async function checkDatabase({ backend_db, state_path }: Sound): Promise<DoctorResult[]> {
  return [
    backend_db === true
      ? await checkErrors('database-errors', 'database', state_path)
      : tell('database-errors', 'off', 'backend-off'),
  ];
}
