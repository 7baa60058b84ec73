/** How a kind of finding looks: its icon, and the verdict it makes, whose colour it takes. */
import {
  type Icon,
  IconArrowsSplit2,
  IconBracketsContain,
  IconCalendarX,
  IconClockExclamation,
  IconCopyX,
  IconFileAlert,
  IconFileBroken,
  IconPencilExclamation,
  IconPlayerTrackNext,
  IconShieldMinus,
  IconSquaresDiagonal,
  IconVolumeOff,
} from '@tabler/icons-react';
import type { Finding, FindingKind } from '../../contract/finding.ts';

export const findingIcons: Readonly<Record<FindingKind, Icon>> = {
  gap: IconBracketsContain,
  malformed: IconFileBroken,
  unreadable: IconFileAlert,
  'missing-in-copy': IconCopyX,
  conflict: IconArrowsSplit2,
  rewritten: IconPencilExclamation,
  duplicate: IconSquaresDiagonal,
  clock: IconClockExclamation,
  silence: IconVolumeOff,
  'missing-day': IconCalendarX,
  'unexplained-start': IconPlayerTrackNext,
  'rule-weakened': IconShieldMinus,
};

/** The verdict each kind makes by itself; `none` only informs. */
export const findingTones: Readonly<Record<FindingKind, 'incomplete' | 'contradicted' | 'none'>> = {
  gap: 'incomplete',
  malformed: 'incomplete',
  unreadable: 'incomplete',
  'missing-in-copy': 'incomplete',
  conflict: 'contradicted',
  rewritten: 'contradicted',
  duplicate: 'none',
  clock: 'none',
  silence: 'none',
  'missing-day': 'none',
  'unexplained-start': 'none',
  'rule-weakened': 'none',
};

/** Those that decide the verdict; what only informs, or may still settle, is no reason for alarm. */
export function listDeciding(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ kind, provisional }) => findingTones[kind] !== 'none' && !provisional);
}
