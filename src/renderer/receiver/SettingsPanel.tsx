/** Where the receiver listens and keeps what it takes, and when it is started by itself. */

import type { ReceiverView } from '../../contract/receiver-calls.ts';
import { useCall } from '../session/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { SettingsForm } from './SettingsForm.tsx';

export function SettingsPanel({ view }: { readonly view: ReceiverView }) {
  const { data, error } = useCall('receiver.settings', {});
  if (error) return <FailureNotice failure={error.failure} />;
  return data ? <SettingsForm view={view} choice={data} /> : null;
}
