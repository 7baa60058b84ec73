/** The line as it stands in the file: as text, as bytes, or as base64; with the hash of exactly these bytes. */
import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryDetail } from '../../contract/entry.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { LongText } from '../ui/LongText.tsx';
import { MaskedValue } from '../ui/MaskedValue.tsx';
import { decodeBase64, makeHexLines } from './hex-lines.ts';

const ways = ['text', 'hex', 'base64'] as const;
const MAX_HEX_LINES = 2048;

export function RawLine({ detail }: { readonly detail: EntryDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [way, setWay] = useState<(typeof ways)[number]>('text');
  const bytes = useMemo(() => decodeBase64(detail.rawBase64), [detail.rawBase64]);
  const shown = useMemo(() => {
    if (way === 'text') return detail.raw;
    if (way === 'base64') return detail.rawBase64;
    return makeHexLines(bytes, MAX_HEX_LINES).map(({ offset, hex, text }) => `${offset}  ${hex}  ${text}`);
  }, [way, detail, bytes]);
  return (
    <div className="entry-section">
      <div className="entry-section-head">
        <h3>{t('screen.entry.raw')}</h3>
        <span className="panel-note numbers">{format.bytes(bytes.length)}</span>
        <SegmentedControl
          size="xs"
          aria-label={t('screen.entry.rawAs')}
          value={way}
          onChange={setWay}
          data={ways.map((value) => ({ value, label: t(`screen.entry.as.${value}`) }))}
        />
        <CopyButton value={way === 'base64' ? detail.rawBase64 : detail.raw} what={t('screen.entry.raw')} />
      </div>
      {typeof shown === 'string' ? (
        <LongText text={shown} label={t('screen.entry.raw')} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus
        // biome-ignore lint/a11y/useSemanticElements: only a pre keeps the lines' own form
        <pre className="long-text hex mono" role="region" tabIndex={0} aria-label={t('screen.entry.raw')}>
          {shown.join('\n')}
          {bytes.length > MAX_HEX_LINES * 16 &&
            `\n${t('screen.entry.hexCut', { bytes: format.bytes(MAX_HEX_LINES * 16) })}`}
        </pre>
      )}
      <p className="entry-hash">
        <span className="panel-note">{t('screen.entry.sha256')}</span>
        <span className="mono">{detail.sha256}</span>
        <CopyButton value={detail.sha256} what={t('screen.entry.sha256')} />
      </p>
    </div>
  );
}

/** In place of a line: no byte of it is on the page, nor can any be copied. */
export function MaskedLine() {
  const { t } = useTranslation();
  return (
    <div className="entry-section">
      <div className="entry-section-head">
        <h3>{t('screen.entry.raw')}</h3>
        <MaskedValue />
      </div>
      <p className="panel-note">{t('screen.mask.raw')}</p>
    </div>
  );
}
