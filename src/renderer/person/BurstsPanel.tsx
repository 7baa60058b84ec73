/** Hours far above what is usual for the person, with the rule and its figures. */
import { useTranslation } from 'react-i18next';
import type { PersonActivity } from '../../contract/person.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { HourList } from './HourList.tsx';

interface Props {
  readonly activity: PersonActivity;
  onOpen(fromMicros: number, toMicros: number): void;
}

export function BurstsPanel({ activity: { habit, bursts }, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="panel bursts" aria-labelledby="bursts-title">
      <div className="panel-head">
        <h2 id="bursts-title">{t('screen.person.bursts')}</h2>
      </div>
      <div className="panel-body">
        {habit.threshold === undefined ? (
          <p>{t('screen.person.burstsTooFew', { least: habit.leastHours })}</p>
        ) : (
          <>
            {bursts.total === 0 ? (
              <p>{t('screen.person.burstsNone')}</p>
            ) : (
              <HourList
                hours={bursts.shown}
                tell={({ fromMicros, toMicros }) => format.period(fromMicros, toMicros)}
                onOpen={onOpen}
              />
            )}
            <p className="panel-note">
              {bursts.shown.length < bursts.total &&
                t('screen.person.burstsShown', { shown: bursts.shown.length, total: bursts.total })}{' '}
              {t('screen.person.burstsRule', {
                threshold: habit.threshold,
                factor: habit.factor,
                hours: habit.hours,
                median: habit.median,
                least: habit.leastEntries,
              })}
            </p>
          </>
        )}
      </div>
    </section>
  );
}
