/** Hours with their entries as bars; each leads to the entries. */
import { useTranslation } from 'react-i18next';
import type { PersonHours } from '../../contract/person.ts';
import { useFormat } from '../ui/FormatProvider.tsx';

interface Props {
  readonly hours: readonly PersonHours[];
  tell(hours: PersonHours): string;
  onOpen(fromMicros: number, toMicros: number): void;
}

export function HourList({ hours, tell, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const most = hours.reduce((max, { count }) => Math.max(max, count), 1);
  return (
    <div className="bar-list">
      <ul>
        {hours.map((hour) => (
          <li key={hour.fromMicros}>
            <button
              type="button"
              className="bar-value"
              title={t('n.entry', { count: hour.count })}
              onClick={() => onOpen(hour.fromMicros, hour.toMicros)}
            >
              <span className="bar-name numbers">{tell(hour)}</span>
              <span className="bar-count">{format.number(hour.count)}</span>
              <span className="bar" style={{ inlineSize: `${(100 * hour.count) / most}%` }} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
