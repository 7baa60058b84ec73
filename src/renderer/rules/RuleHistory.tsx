/** Who changed which rule, when, and what of it; the latest first. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { RuleVersion } from '../../contract/own-rules.ts';
import { useCall } from '../session/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { readMicros } from '../ui/format.ts';
import { Marked } from '../ui/Marked.tsx';
import { tellDifference } from './tell-rule.ts';

/** `model`: of its rule alone. */
export function RuleHistory({ model }: { readonly model: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error } = useCall('rules.history', {});
  const versions = data?.versions.filter((version) => model === undefined || version.model === model) ?? [];
  return (
    <section className="panel" aria-labelledby="rule-history-title">
      <div className="panel-head">
        <h2 id="rule-history-title">
          {model === undefined
            ? t('rules.history.title')
            : t('rules.history.titleOf', { model: showMarks(model) })}
        </h2>
      </div>
      <div className="panel-body">
        {error && <FailureNotice failure={error.failure} />}
        {data && versions.length === 0 && <p className="panel-note">{t('rules.history.none')}</p>}
        <ol className="rules-history">
          {versions.map((version) => (
            <li key={`${version.at} ${version.model}`}>
              <p>
                <span className="mono">
                  <Marked text={version.model} />
                </span>{' '}
                {tellChange(version, t)}
              </p>
              <p className="panel-note">
                {format.timeShort(readMicros(version.at))} · <Marked text={version.user} />
              </p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function tellChange({ before, after }: RuleVersion, t: TFunction): string {
  if (!before) return t('rules.history.added');
  return after ? tellDifference(before, after, t) : t('rules.history.removed');
}
