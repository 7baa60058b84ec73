/** Shows a long list in parts, so that a directory of ten thousand files does not freeze the page. */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

const PART = 100;

interface ShownPart<T> {
  readonly shown: readonly T[];
  /** The button that shows more; nothing where all is shown. */
  readonly more: ReactNode;
}

export function useShownPart<T>(all: readonly T[], first = PART): ShownPart<T> {
  const { t } = useTranslation();
  const [bound, setBound] = useState(first);
  const left = all.length - bound;
  const more =
    left > 0 ? (
      <Button size="xs" variant="subtle" m={8} onClick={() => setBound(bound + PART * 10)}>
        {t('screen.showMore', { count: left })}
      </Button>
    ) : undefined;
  return { shown: left > 0 ? all.slice(0, bound) : all, more };
}
