/** A first check at work: how far it is, how long it will take, and a way to stop it; or why it ended without a result. */
import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { BrandMark } from '../shell/BrandMark.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { PathText } from '../ui/PathText.tsx';
import { FilesSoFar } from './FilesSoFar.tsx';
import { measurePace } from './pace.ts';
import { SoFarPanel } from './SoFarPanel.tsx';
import './start.css';

interface Props {
  /** Why there is no result; absent while the check is at work. */
  readonly failure: Failure | undefined;
}

export function CheckScreen({ failure }: Props) {
  const { t } = useTranslation();
  const session = useSession();
  const { go } = useNavigation();
  const { opened, workspace } = session;
  const soFar = session.progress?.soFar;
  // What is read within a moment needs no picture of its own.
  const showsSoFar = !failure && soFar !== undefined && soFar.entries + soFar.malformed > 0;
  const paths = opened?.sample ? t('screen.sample') : (opened?.paths ?? []).join(' · ');
  return (
    <main className="start">
      <div className="start-card" data-wide={showsSoFar || undefined}>
        <BrandMark />
        {failure ? (
          <>
            <h1 className="hidden-visually">{t('screen.check.title')}</h1>
            <FailureNotice failure={failure}>
              {opened && (
                <Button variant="default" onClick={() => session.open(opened)}>
                  {t(failure.code === 'cancelled' ? 'screen.check.continue' : 'screen.check.retry')}
                </Button>
              )}
              <Button variant="subtle" onClick={session.close}>
                {t('screen.openOther')}
              </Button>
            </FailureNotice>
          </>
        ) : (
          <>
            <h1>{t('screen.check.title')}</h1>
            <p className="start-lead mono">
              <PathText path={paths} />
            </p>
            <CheckProgress />
            {showsSoFar && (
              <div className="check-so-far">
                <SoFarPanel soFar={soFar} />
                <FilesSoFar soFar={soFar} />
              </div>
            )}
            <div className="start-ways">
              {showsSoFar && (
                <Button variant="default" onClick={() => go({ screen: 'entries' })}>
                  {t('screen.check.browse')}
                </Button>
              )}
              {!workspace?.served && (
                <Button variant="default" onClick={session.cancel} disabled={!workspace}>
                  {t('screen.check.cancel')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </main>
  );
}

function CheckProgress() {
  const { t } = useTranslation();
  const format = useFormat();
  const { progress } = useSession();
  const pace = progress && measurePace(progress);
  const share = pace?.share;
  const phase = t(`screen.phase.${progress?.phase ?? 'opening'}`);
  return (
    <div className="check">
      <div className="check-head" role="status">
        <strong>{phase}</strong>
        <span>{share !== undefined && format.percent(share)}</span>
      </div>
      <Progress
        value={share === undefined ? 100 : share * 100}
        animated={share === undefined}
        aria-label={t('screen.check.share')}
      />
      {progress && (
        <dl className="facts check-facts">
          <Fact
            label={t('screen.check.files')}
            value={t('screen.check.of', {
              done: format.number(progress.files),
              total: format.number(progress.filesTotal),
            })}
          />
          <Fact
            label={t('screen.check.bytes')}
            value={t('screen.check.of', {
              done: format.bytes(progress.bytes),
              total: format.bytes(progress.bytesTotal),
            })}
          />
          <Fact
            label={t('screen.check.lines')}
            // Bytes are read before their lines are counted.
            value={progress.lines === 0 ? t('screen.none') : format.number(progress.lines)}
          />
          <Fact
            label={t('screen.check.rate')}
            value={
              pace?.bytesPerSecond === undefined
                ? t('screen.none')
                : t('screen.check.perSecond', { bytes: format.bytes(pace.bytesPerSecond) })
            }
          />
          <Fact
            label={t('screen.check.left')}
            value={pace?.leftMs === undefined ? t('screen.none') : format.span(pace.leftMs)}
          />
        </dl>
      )}
    </div>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
