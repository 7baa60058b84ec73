/** Gaps that could have held entries of a record or person, the likelier first; each leads to its details. */
import { useTranslation } from 'react-i18next';
import type { PossibleGaps } from '../../contract/possible-gap.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { findingIcons } from '../ui/finding-look.ts';
import { Marked } from '../ui/Marked.tsx';
import { useShownPart } from '../ui/use-shown-part.tsx';

interface Props {
  readonly of: 'record' | 'person';
  readonly gaps: PossibleGaps;
}

export function PossibleGapsPanel({ of, gaps }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const { shown, more } = useShownPart(gaps.shown, 12);
  return (
    <section className="panel possible-gaps" aria-labelledby="possible-gaps-title">
      <div className="panel-head">
        <h2 id="possible-gaps-title">{t(`screen.${of}.gaps`)}</h2>
      </div>
      <div className="panel-body">
        <p className="panel-note">
          {gaps.total === 0
            ? t(`screen.${of}.gapsNone`)
            : t(`screen.${of}.gapsText`, { count: gaps.total, missing: gaps.missing })}{' '}
          {gaps.unread > 0 && t('screen.record.unread', { count: gaps.unread })}{' '}
          {gaps.shown.length < gaps.total &&
            t('screen.record.gapsShown', { shown: gaps.shown.length, total: gaps.total })}
        </p>
        <ul className="possible-gap-list">
          {shown.map(({ finding, kind, node, fromMicros, toMicros, missing, atLeast, sameNode, near }) => {
            const Picture = findingIcons[kind];
            return (
              <li key={finding}>
                <button type="button" onClick={() => go({ screen: 'findings', finding })}>
                  <Picture size={16} stroke={1.6} data-tone="incomplete" className="tone" aria-hidden />
                  <span>
                    <strong>
                      {t(atLeast ? 'report.atLeastMissing' : 'report.missing', { count: missing })}
                    </strong>{' '}
                    <Marked text={node} />
                    <span className="numbers">{format.period(fromMicros, toMicros)}</span>
                    <small>
                      {[
                        near > 0 && t(`screen.${of}.gapNear`, { count: near }),
                        sameNode && t(`screen.${of}.sameNode`),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
        {more}
      </div>
    </section>
  );
}
