/** What this check could not have seen: as prominent as the verdict it limits, and as calm. */
import { IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../contract/report.ts';
import { Sentence } from '../ui/Sentence.tsx';

export function NotVisiblePanel({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  return (
    <section className="panel not-visible" aria-labelledby="not-visible-title">
      <div className="panel-head">
        <h2 id="not-visible-title">
          <IconEyeOff size={16} stroke={1.7} aria-hidden />
          {t('report.notVisible')}
        </h2>
      </div>
      <ul className="panel-body">
        {report.notVisible.map((statement) => (
          <li key={statement.code}>
            <Sentence group="notVisible" statement={statement} />
          </li>
        ))}
      </ul>
    </section>
  );
}
