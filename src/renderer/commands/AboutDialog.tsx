/** What the app is, on what it runs, and the licences of all that is in it. */
import { useTranslation } from 'react-i18next';
import { useCall } from '../session/client.ts';
import { BrandMark } from '../shell/BrandMark.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Dialog } from './Dialog.tsx';

export function AboutDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const info = useCall('app.info', {}).data;
  const licences = useCall('app.licences', {});
  return (
    <Dialog onClose={onClose} title={t('app.command.about')} size={560}>
      <div className="about">
        <BrandMark />
        <p>{t('app.about.text')}</p>
        {info && (
          <p className="about-facts">
            {t('screen.version', { version: info.version })} · {info.runtime} · {t('app.about.licence')}
          </p>
        )}
        {info?.developmentRuntime && (
          <p className="about-warning">{t('screen.developmentRuntime.text', { runtime: info.runtime })}</p>
        )}
        <h3>{t('app.about.licences', { count: licences.data?.licences.length ?? 0 })}</h3>
        {licences.error && <FailureNotice failure={licences.error.failure} />}
        <ul className="licences" aria-label={t('app.about.licencesLabel')}>
          {licences.data?.licences.map(({ name, version, licence, text }) => (
            <li key={`${name} ${version}`}>
              <details>
                <summary>
                  <bdi dir="ltr">
                    {name} {version}
                  </bdi>
                  <span>{licence}</span>
                </summary>
                <pre>{text || t('app.about.noText', { licence })}</pre>
              </details>
            </li>
          ))}
        </ul>
        <p className="about-facts">{t('app.about.electron')}</p>
      </div>
    </Dialog>
  );
}
