/** Text from a log as a block: marked, wrapped, scrolling, and only its beginning where it is huge. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Marked } from './Marked.tsx';

/** More at once would freeze the page while it is laid out. */
const FIRST = 20_000;

export function LongText({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation();
  const [bound, setBound] = useState(FIRST);
  const left = text.length - bound;
  return (
    <>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus */}
      {/* biome-ignore-start lint/a11y/useSemanticElements: only a pre keeps the text's own form */}
      <pre className="long-text mono" role="region" tabIndex={0} aria-label={label}>
        <Marked text={left > 0 ? text.slice(0, bound) : text} />
      </pre>
      {/* biome-ignore-end lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
      {left > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => setBound(bound * 10)}>
          {t('screen.showMoreCharacters', { count: left })}
        </Button>
      )}
    </>
  );
}
