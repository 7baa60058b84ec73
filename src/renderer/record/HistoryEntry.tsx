/** One entry of a record's history: when, what and who, then its values. */
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contradiction, RecordEntry, RecordValue } from '../../contract/record.ts';
import { useMask } from '../session/mask.ts';
import { PersonLink } from '../session/PersonLink.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { MaskedValue } from '../ui/MaskedValue.tsx';
import { chooseTone } from './choose-tone.ts';

const FIRST_KEYS = 8;

interface Props {
  readonly entry: RecordEntry;
  readonly chosen: string | undefined;
  onOpen(entry: Pick<RecordEntry['row'], 'id'>): void;
}

export function HistoryEntry({ entry: { row, values, moreKeys, duplicates }, chosen, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, showAll] = useState(false);
  const wanted = values.filter(({ key }) => chosen === undefined || key === chosen);
  // What contradicts is never among those left out.
  const first = wanted.filter(({ contradiction }, index) => contradiction || index < FIRST_KEYS);
  const shown = all ? wanted : first;
  const left = wanted.length - shown.length;
  return (
    <li
      className="history-entry"
      data-tone={chooseTone(...wanted.flatMap(({ contradiction }) => contradiction ?? []))}
    >
      <p className="history-head">
        <button type="button" className="link numbers" onClick={() => onOpen(row)}>
          {Number.isNaN(row.tsMicros) ? <Marked text={row.ts} /> : format.time(row.tsMicros)}
        </button>
        <strong>
          <Marked text={row.action || t('screen.none')} />
        </strong>
        <PersonLink user={row.userLogin || row.userId} />
        <span className="panel-note">
          <Marked text={row.node} />
        </span>
        {row.salvaged && <span className="panel-note">{t('screen.entries.salvaged')}</span>}
        {duplicates > 0 && (
          <span className="panel-note">{t('screen.record.duplicates', { count: duplicates })}</span>
        )}
      </p>
      {shown.length > 0 ? (
        <dl className="history-values">
          {shown.map((value) => (
            <Value key={value.key} value={value} onOpen={onOpen} />
          ))}
        </dl>
      ) : (
        <p className="panel-note">{t('screen.record.noValues')}</p>
      )}
      {left > 0 && (
        <button type="button" className="link history-more" onClick={() => showAll(true)}>
          {t('screen.record.keysLeft', { count: left + moreKeys })}
        </button>
      )}
      {left === 0 && moreKeys > 0 && chosen === undefined && (
        <button type="button" className="link history-more" onClick={() => onOpen(row)}>
          {t('screen.record.keysLeft', { count: moreKeys })}
        </button>
      )}
    </li>
  );
}

function Value({ value, onOpen }: { readonly value: RecordValue; readonly onOpen: Props['onOpen'] }) {
  const { t } = useTranslation();
  const { key, old, new: fresh, contradiction } = value;
  const isMasked = useMask().hides(key);
  return (
    <div data-tone={contradiction && chooseTone(contradiction)}>
      <dt>
        <Marked text={key} />
      </dt>
      <dd className="mono">
        {old !== undefined && (
          <del>
            <span className="hidden-visually">{t('screen.entry.old')} </span>
            {isMasked ? <MaskedValue /> : <Marked text={old} />}
          </del>
        )}
        {fresh !== undefined && (
          <>
            {old !== undefined && (
              <span className="history-arrow" aria-hidden>
                →
              </span>
            )}
            <ins>
              <span className="hidden-visually">{t('screen.entry.new')} </span>
              {isMasked ? <MaskedValue /> : <Marked text={fresh} />}
            </ins>
          </>
        )}
      </dd>
      {contradiction && <Why contradiction={contradiction} isMasked={isMasked} onOpen={onOpen} />}
    </div>
  );
}

function Why({
  contradiction: { left, id, tsMicros, asIfUndone, gaps },
  isMasked,
  onOpen,
}: {
  readonly contradiction: Contradiction;
  readonly isMasked: boolean;
  readonly onOpen: Props['onOpen'];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dd className="history-why">
      <IconAlertTriangle size={14} className="tone" aria-hidden />
      <span>
        <Marked
          text={t('screen.record.left', {
            left: isMasked ? t('screen.mask.masked') : left,
            at: format.time(tsMicros),
          })}
        />{' '}
        {asIfUndone && t('screen.record.asIfUndone')}{' '}
        {gaps > 0 ? t('screen.record.gapsBetween', { count: gaps }) : t('screen.record.noGapBetween')}{' '}
        <button type="button" className="link" onClick={() => onOpen({ id })}>
          {t('screen.record.seeBefore')}
        </button>
      </span>
    </dd>
  );
}
