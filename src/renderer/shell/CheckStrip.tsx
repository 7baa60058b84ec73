/** A running check over an earlier result, or what was read so far: how far it is, without hiding what is already known. */
import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/SessionProvider.tsx';
import { useOpened } from '../session/use-report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';

export function CheckStrip() {
  const { t } = useTranslation();
  const format = useFormat();
  const { progress, cancel } = useSession();
  const { report } = useOpened();
  const share = progress && progress.bytesTotal > 0 ? progress.bytes / progress.bytesTotal : 0;
  return (
    <div className="check-strip" role="status">
      <span>{t(report ? 'screen.check.again' : 'screen.check.stillReading')}</span>
      {progress && progress.bytesTotal > 0 && (
        <span className="numbers">
          {t(progress.phase === 'rechecking' ? 'screen.check.rechecked' : 'screen.check.of', {
            done: format.bytes(progress.bytes),
            total: format.bytes(progress.bytesTotal),
          })}
        </span>
      )}
      <Progress value={share * 100} size="sm" aria-label={t('screen.check.share')} flex={1} />
      <Button size="compact-xs" variant="subtle" onClick={cancel}>
        {t('screen.check.cancel')}
      </Button>
    </div>
  );
}
