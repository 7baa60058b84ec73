/** Says quietly that what is open is followed, and when it last changed; pauses it and goes on. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFollow } from '../session/use-follow.ts';
import { useReport } from '../session/use-report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import './follow-line.css';

export function FollowLine() {
  const { t } = useTranslation();
  const format = useFormat();
  const { workspace } = useReport();
  const { state: follow, turn } = useFollow(workspace);
  const { state, changedAt, failure } = follow;
  if (state === 'off') return null;
  const isOn = state === 'following';
  const change = t(isOn ? 'screen.follow.pause' : 'screen.follow.resume');
  const Picture = isOn ? IconPlayerPause : IconPlayerPlay;
  return (
    <div className="follow-line" data-state={state}>
      <p>
        <span className="follow-dot" aria-hidden />
        <span>
          <strong>{t(`screen.follow.${state}`)}</strong>
          <br />
          {failure
            ? t(`screen.failureTitle.${failure.code}`)
            : changedAt === undefined
              ? t('screen.follow.noChange')
              : t('screen.follow.changed', { time: format.timeShort(Date.parse(changedAt) * 1000) })}
        </span>
      </p>
      <Tooltip label={change}>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={change} onClick={() => turn(!isOn)}>
          <Picture size={14} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
