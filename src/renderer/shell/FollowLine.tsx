/** Says quietly that what is open is followed, how far findings are checked, and when it last changed; pauses it and goes on. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FollowState } from '../../contract/api.ts';
import { useSession } from '../session/SessionProvider.tsx';
import { useFollow } from '../session/use-follow.ts';
import { useReport } from '../session/use-report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import type { Format } from '../ui/format.ts';
import './follow-line.css';

export function FollowLine() {
  const { t } = useTranslation();
  const format = useFormat();
  const { workspace } = useReport();
  const { state: follow, turn } = useFollow(workspace);
  const isServed = useSession().workspace?.served === true;
  const { state, failure } = follow;
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
          {failure ? t(`screen.failureTitle.${failure.code}`) : tellReach(follow, t, format)}
        </span>
      </p>
      {!isServed && (
        <Tooltip label={change}>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={change} onClick={() => turn(!isOn)}>
            <Picture size={14} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}

/** When it changed last; or, while newer entries are there, how far findings are checked. */
function tellReach({ changedAt, unchecked }: FollowState, t: TFunction, format: Format): string {
  const micros = changedAt === undefined ? undefined : Date.parse(changedAt) * 1000;
  if (unchecked === undefined) {
    return micros === undefined
      ? t('screen.follow.noChange')
      : t('screen.follow.changed', { time: format.timeShort(micros) });
  }
  return micros === undefined
    ? t('screen.follow.uncheckedYet', { count: unchecked })
    : t('screen.follow.unchecked', { count: unchecked, time: format.clock(micros) });
}
