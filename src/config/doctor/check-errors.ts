/** What backends told of their failures, in the status files that they keep: `<backend>.status.json` in `state_path`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DoctorCheckName, DoctorResult } from '../../contract/doctor.ts';
import { tell } from './tell.ts';

const Status = z.object({
  outages: z.array(
    z.object({
      since: z.string(),
      until: z.string().nullable(),
      failures: z.number(),
      lost: z.number(),
      message: z.string(),
    }),
  ),
});

/** What ended longer ago is no longer told. */
const LATE_MS = 24 * 3_600_000;

/** A backend writes its file at its first failure, so that none may be: then nothing failed, or nothing wrote. */
export async function checkErrors(
  check: Extract<DoctorCheckName, `${string}-errors`>,
  backend: 'database' | 'file' | 'http' | 'syslog',
  statePath: string | undefined,
): Promise<DoctorResult> {
  if (statePath === undefined) return tell(check, 'unknown', 'no-value', { key: 'state_path' });
  const path = join(statePath, `${backend}.status.json`);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const status = text === undefined ? undefined : parseStatus(text);
  if (!status) return tell(check, 'unknown', 'errors-unknown', { path });
  const late = status.outages.filter(
    ({ until }) => until === null || Date.now() - Date.parse(until) < LATE_MS,
  );
  const last = late.findLast(({ until }) => until === null) ?? late.at(-1);
  if (!last) return tell(check, 'good', 'errors-none', { path });
  const { since, failures, lost, message } = last;
  const lasts = last.until === null;
  return tell(check, lasts ? 'bad' : 'warning', lasts ? 'errors-now' : 'errors-past', {
    since,
    failures,
    lost,
    message,
  });
}

function parseStatus(text: string): z.infer<typeof Status> | undefined {
  try {
    return Status.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
