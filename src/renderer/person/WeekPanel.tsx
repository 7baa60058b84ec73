/** When a person is at work: entries by weekday and hour. A chosen hour lists its dates, each leading to its entries. */
import { Skeleton } from '@mantine/core';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonActivity } from '../../contract/person.ts';
import { useCall } from '../session/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { HourList } from './HourList.tsx';
import { DAYS, HOURS, moveInWeek, nameWeek } from './week.ts';

interface Props {
  readonly asked: { workspace: string; user: string; zone: string; source?: number };
  readonly week: PersonActivity['week'];
  onOpen(fromMicros: number, toMicros: number): void;
}

export function WeekPanel({ asked, week, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useMemo(() => nameWeek(format.locale), [format.locale]);
  const most = week.reduce((max, count) => Math.max(max, count), 1);
  const [current, setCurrent] = useState(() => Math.max(0, week.indexOf(most)));
  const [chosen, choose] = useState<number>();
  const grid = useRef<HTMLDivElement>(null);
  const nameCell = (at: number) => ({
    day: names.days[Math.floor(at / HOURS)]?.long ?? '',
    from: names.hours[at % HOURS] ?? '',
    to: names.hours[(at % HOURS) + 1] ?? '',
  });

  function move(event: KeyboardEvent): void {
    const to = moveInWeek(current, event.key);
    if (to === undefined) return;
    event.preventDefault();
    setCurrent(to);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${to}"]`)?.focus();
  }

  return (
    <section className="panel week" aria-labelledby="week-title">
      <div className="panel-head">
        <h2 id="week-title">{t('screen.person.week')}</h2>
        <p className="panel-note">{t('screen.person.weekIn', { zone: format.zone })}</p>
      </div>
      <div className="panel-body week-body">
        <div>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid in every engine */}
          <div
            ref={grid}
            dir="ltr"
            role="group"
            className="week-grid"
            aria-label={t('screen.person.weekLabel', { zone: format.zone })}
            onKeyDown={move}
          >
            {Array.from({ length: DAYS }, (_, day) => (
              <WeekDay key={names.days[day]?.long} name={names.days[day]?.short ?? ''}>
                {week.slice(day * HOURS, (day + 1) * HOURS).map((count, hour) => {
                  const at = day * HOURS + hour;
                  const told = t('screen.person.cell', { ...nameCell(at), count });
                  return (
                    <button
                      key={names.hours[hour]}
                      type="button"
                      className="week-cell"
                      data-cell={at}
                      data-shade={Math.ceil((count / most) * 5)}
                      tabIndex={at === current ? 0 : -1}
                      title={told}
                      aria-label={told}
                      aria-pressed={at === chosen}
                      onFocus={() => setCurrent(at)}
                      onClick={() => choose(at === chosen ? undefined : at)}
                    />
                  );
                })}
                <span className="week-sum" title={t('screen.total.entries')}>
                  {format.compact(
                    week.slice(day * HOURS, (day + 1) * HOURS).reduce((sum, count) => sum + count, 0),
                  )}
                </span>
              </WeekDay>
            ))}
            <span />
            {Array.from({ length: HOURS }, (_, hour) => (
              <span key={names.hours[hour]} className="week-hour" aria-hidden>
                {hour % 3 === 0 ? names.hours[hour]?.slice(0, 2) : ''}
              </span>
            ))}
            <span />
          </div>
          <p className="panel-note week-legend">
            <i data-shade={0} /> {t('html.legendNoEntry')} <i data-shade={1} /> <i data-shade={3} />{' '}
            <i data-shade={5} /> {t('html.legendMany', { value: most })}
          </p>
        </div>
        <div className="week-dates" aria-live="polite">
          {chosen === undefined ? (
            <p className="panel-note">{t('screen.person.cellHint')}</p>
          ) : (
            <Dates
              asked={{ ...asked, ofWeek: chosen }}
              title={t('screen.person.cellHours', nameCell(chosen))}
              onOpen={onOpen}
            />
          )}
        </div>
      </div>
    </section>
  );
}

function WeekDay({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <span className="week-day" aria-hidden>
        {name}
      </span>
      {children}
    </>
  );
}

interface DatesProps {
  readonly asked: Props['asked'] & { ofWeek: number };
  readonly title: string;
  onOpen: Props['onOpen'];
}

function Dates({ asked, title, onOpen }: DatesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, isPending } = useCall('person.hours', asked, { keep: true });
  return (
    <>
      <h3>{title}</h3>
      {error && <FailureNotice failure={error.failure} />}
      {isPending && <Skeleton height={80} />}
      {data && (
        <>
          <p className="panel-note">{t('screen.person.cellDates', { count: data.total })}</p>
          <HourList hours={data.shown} tell={({ fromMicros }) => format.day(fromMicros)} onOpen={onOpen} />
        </>
      )}
    </>
  );
}
