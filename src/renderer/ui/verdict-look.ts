/** How a verdict looks: an icon and a tone beside its word, so that colour is never the only signal. */
import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconExclamationCircle,
} from '@tabler/icons-react';
import type { Verdict } from '../../contract/report.ts';

export const verdictIcons: Readonly<Record<Verdict, Icon>> = {
  intact: IconCircleCheck,
  incomplete: IconAlertTriangle,
  contradicted: IconExclamationCircle,
  none: IconCircleDashed,
};
