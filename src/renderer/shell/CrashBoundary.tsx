/** The last resort: a bug in a screen says so, and the evidence and the workspace are untouched by it. */
import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Translation } from 'react-i18next';

interface Props {
  readonly children: ReactNode;
}

export class CrashBoundary extends Component<Props, { readonly error: Error | undefined }> {
  override state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    // biome-ignore lint/suspicious/noConsole: the page's console is where the shell's log takes it from
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Translation>
        {(t) => (
          <main className="start">
            <section className="notice" data-tone="contradicted" role="alert">
              <div>
                <h1>{t('screen.crash.title')}</h1>
                <p>{t('screen.crash.text')}</p>
                <pre className="mono">{error.message}</pre>
                <Button onClick={() => window.location.reload()}>{t('screen.crash.reload')}</Button>
              </div>
            </section>
          </main>
        )}
      </Translation>
    );
  }
}
