/** The last resort: a bug in a screen says so, and the evidence and the workspace are untouched by it. */
import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../session/client.ts';

interface Props {
  readonly children: ReactNode;
}

interface Crash {
  readonly error: Error | undefined;
  /** Which component it was, and inside which. */
  readonly where: string;
}

export class CrashBoundary extends Component<Props, Crash> {
  override state: Crash = { error: undefined, where: '' };

  static getDerivedStateFromError(error: Error): Partial<Crash> {
    return { error };
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo): void {
    // biome-ignore lint/suspicious/noConsole: the page's console is where the shell's log takes it from
    console.error(error, componentStack);
    this.setState({ where: componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, where } = this.state;
    return error ? <CrashPage error={error} where={where} /> : this.props.children;
  }
}

function CrashPage({ error, where }: Crash & { readonly error: Error }) {
  const { t } = useTranslation();
  const client = useClient();
  const [said, say] = useState('app.crash.logText');

  async function copyLog(): Promise<void> {
    const [info, log] = await Promise.all([client.call('app.info', {}), client.call('app.log', {})]);
    const about = info.ok ? [`Unbroken ${info.value.version}, ${info.value.runtime}`] : [];
    const faults = log.ok ? log.value.faults : [];
    const text = [...about, navigator.userAgent, error.stack ?? error.message, where, ...faults].join('\n\n');
    await navigator.clipboard.writeText(text);
  }

  return (
    <main className="start">
      <section className="notice" data-tone="contradicted" role="alert">
        <div>
          <h1>{t('screen.crash.title')}</h1>
          <p>{t('screen.crash.text')}</p>
          <pre className="mono">{error.message}</pre>
          <div className="notice-actions">
            <Button onClick={() => window.location.reload()}>{t('screen.crash.reload')}</Button>
            <Button
              variant="default"
              onClick={() => {
                void copyLog().then(
                  () => say('app.crash.copied'),
                  () => say('app.crash.notCopied'),
                );
              }}
            >
              {t('app.crash.copyLog')}
            </Button>
          </div>
          <p role="status">{t(said)}</p>
        </div>
      </section>
    </main>
  );
}
