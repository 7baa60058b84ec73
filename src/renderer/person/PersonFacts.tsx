/** A person at a glance: names, first and last seen, how much. */
import { useTranslation } from 'react-i18next';
import type { PersonActivity } from '../../contract/person.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

export function PersonFacts({ activity }: { readonly activity: PersonActivity }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { first, last, total, names, habit } = activity;
  const facts = [
    [t('screen.total.entries'), format.number(total)],
    [t('screen.person.first'), first && format.timeShort(first.tsMicros)],
    [t('screen.person.last'), last && format.timeShort(last.tsMicros)],
    [t('screen.person.activeHours'), format.number(habit.hours)],
    [t('screen.person.medianHour'), format.number(habit.median)],
  ];
  return (
    <dl className="about-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="about-figure">{value}</dd>
        </div>
      ))}
      <div>
        <dt>{t('screen.person.names')}</dt>
        <dd>
          {names.shown.slice(0, 3).map(({ userId, userLogin, count }) => (
            <div key={`${userId} ${userLogin}`}>
              <Marked text={userLogin || t('screen.none')} />{' '}
              <span className="panel-note">
                <Marked text={t('screen.person.namesText', { id: userId || t('screen.none'), count })} />
              </span>
            </div>
          ))}
          {names.total > 1 && (
            <span className="panel-note">{t('screen.person.namesMany', { count: names.total })}</span>
          )}
        </dd>
      </div>
    </dl>
  );
}
