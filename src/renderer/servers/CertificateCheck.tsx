/** A certificate that nobody vouches for: whole, so that a person can compare it, and believed only when they say so. */
import { Button } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerLook } from '../../contract/server.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

interface Props {
  readonly look: ServerLook;
  onSame(): void;
  onBack(): void;
}

export function CertificateCheck({ look: { address, certificate }, onSame, onBack }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!certificate) return null;
  const { fingerprint, subject, validTo } = certificate;
  return (
    <div className="sign-in-form">
      <h3 className="server-step">{t('server.certificate.title')}</h3>
      <p className="server-address mono">{address}</p>
      <p>{t('server.certificate.text')}</p>
      <dl className="server-certificate">
        <dt>{t('server.certificate.fingerprint')}</dt>
        <dd className="mono" dir="ltr">
          {fingerprint.match(/.{1,24}/g)?.map((part) => (
            // Broken between bytes, eight by eight.
            <Fragment key={part}>
              {part}
              <wbr />
            </Fragment>
          ))}
        </dd>
        <dt>{t('server.certificate.subject')}</dt>
        <dd>
          <Marked text={subject} />
        </dd>
        <dt>{t('server.certificate.validTo')}</dt>
        <dd>{format.day(Date.parse(validTo) * 1000)}</dd>
      </dl>
      <div className="sign-in-buttons">
        <Button onClick={onSame}>{t('server.certificate.same')}</Button>
        <Button variant="default" onClick={onBack} data-autofocus>
          {t('server.back')}
        </Button>
      </div>
    </div>
  );
}
