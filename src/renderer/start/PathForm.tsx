/** In a browser the system's dialog cannot be had: paths on the machine that serves the page are typed instead. */
import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/SessionProvider.tsx';
import { PeriodFields } from '../ui/PeriodFields.tsx';
import { isEmptyPeriod, type Period } from '../ui/period.ts';
import { useAsking } from './use-asking.ts';

export function PathForm() {
  const { t } = useTranslation();
  const session = useSession();
  const [text, setText] = useState('');
  const [against, setAgainst] = useState('');
  const [asked, setAsked] = useState<Period>({});
  const paths = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

  const isEmpty = isEmptyPeriod(asked);
  const canOpen = paths.length > 0 && !isEmpty;
  useAsking(against.trim() || undefined, asked);

  function open(): void {
    if (canOpen) session.open({ paths });
  }

  return (
    <form
      className="start-path"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        open();
      }}
    >
      <Textarea
        label={t('screen.start.path')}
        description={t('screen.start.pathText')}
        placeholder="/var/log/openspp"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        // Enter opens, as in any field of one line; with Shift it begins another path.
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          open();
        }}
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        label={t('screen.start.againstPath')}
        value={against}
        onChange={(event) => setAgainst(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
      />
      <fieldset className="start-period">
        <legend>{t('screen.start.period')}</legend>
        <PeriodFields
          period={{}}
          error={isEmpty ? t('screen.start.emptyPeriod') : undefined}
          onChange={(key, value) => setAsked((before) => ({ ...before, [key]: value }))}
        />
      </fieldset>
      <Button type="submit" disabled={!canOpen}>
        {t('screen.start.open')}
      </Button>
    </form>
  );
}
