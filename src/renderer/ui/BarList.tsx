/** Values with bars and exact counts; a click leads to what is behind one. */
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import { useFormat } from './FormatProvider.tsx';
import { Marked } from './Marked.tsx';

interface Props {
  readonly title: string;
  /** How many values there are in all. */
  readonly total: number;
  readonly items: readonly { readonly key: string; readonly text: string; readonly count: number }[];
  onOpen(key: string): void;
}

export function BarList({ title, total, items, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const most = items.reduce((max, { count }) => Math.max(max, count), 1);
  return (
    <div className="bar-list">
      <h3>
        {title} <small>{format.number(total)}</small>
      </h3>
      <ul>
        {items.map(({ key, text, count }) => (
          <li key={key}>
            <button type="button" className="bar-value" title={showMarks(text)} onClick={() => onOpen(key)}>
              <span className="bar-name">
                {text === '' ? t('screen.entries.noValue') : <Marked text={text} />}
              </span>
              <span className="bar-count">{format.number(count)}</span>
              <span className="bar" style={{ inlineSize: `${(100 * count) / most}%` }} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
