/** Whom the desktop tells of what it receives, and of what: kept apart from where it listens. */
import { useCall } from '../session/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { AlertsForm } from './AlertsForm.tsx';

export function AlertsPanel() {
  const { data, error } = useCall('alerts.get', {});
  if (error) return <FailureNotice failure={error.failure} />;
  return data ? <AlertsForm choice={data} /> : null;
}
