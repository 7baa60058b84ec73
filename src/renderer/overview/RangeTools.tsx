/** The keyboard's way to what dragging does: narrows, widens and moves the time that is shown. */
import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconArrowsHorizontal,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { moveRange, scaleRange, type TimeRange } from './time-range.ts';

interface Props {
  readonly whole: TimeRange;
  /** Undefined: the whole. */
  readonly range: TimeRange | undefined;
  onChange(range: TimeRange | undefined): void;
  onEntries(): void;
}

export function RangeTools({ whole, range, onChange, onEntries }: Props) {
  const { t } = useTranslation();
  const shown = range ?? whole;
  const tools = [
    { key: 'earlier', icon: IconArrowLeft, to: range && moveRange(range, -0.5, whole) },
    { key: 'later', icon: IconArrowRight, to: range && moveRange(range, 0.5, whole) },
    { key: 'zoomOut', icon: IconZoomOut, to: range && scaleRange(range, 2, whole) },
    { key: 'zoomIn', icon: IconZoomIn, to: scaleRange(shown, 0.5, whole) },
  ] as const;
  return (
    <Group gap={4} className="range-tools">
      {range && (
        <Button size="compact-xs" variant="light" onClick={onEntries}>
          {t('screen.overview.seeEntriesHere')}
        </Button>
      )}
      {tools.map(({ key, icon: Picture, to }) => (
        <Tooltip key={key} label={t(`screen.overview.range.${key}`)}>
          <ActionIcon
            size="sm"
            variant="transparent"
            color="gray"
            aria-label={t(`screen.overview.range.${key}`)}
            disabled={key !== 'zoomIn' && !range}
            onClick={() => onChange(to)}
          >
            <Picture size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
      <Tooltip label={t('screen.overview.range.whole')}>
        <ActionIcon
          size="sm"
          variant="transparent"
          color="gray"
          aria-label={t('screen.overview.range.whole')}
          disabled={!range}
          onClick={() => onChange(undefined)}
        >
          <IconArrowsHorizontal size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
