/** Says what happened and what to do next, by the failure's code. */
import { IconAlertTriangle, IconPlayerStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import { Marked } from './Marked.tsx';

interface Props {
  readonly failure: Failure;
  /** What can be done about it, as buttons. */
  readonly children?: ReactNode;
}

export function FailureNotice({ failure, children }: Props) {
  const { t } = useTranslation();
  const stopped = failure.code === 'cancelled';
  return (
    <section className="notice" data-tone={stopped ? 'none' : 'contradicted'} role="alert">
      {stopped ? <IconPlayerStop size={20} aria-hidden /> : <IconAlertTriangle size={20} aria-hidden />}
      <div>
        <h2>{t(`screen.failureTitle.${failure.code}`)}</h2>
        <p>{t(`failure.${failure.code}`)}</p>
        {failure.subject !== undefined && (
          <p className="mono">
            <Marked text={failure.subject} />
          </p>
        )}
        {children && <div className="notice-actions">{children}</div>}
      </div>
    </section>
  );
}
