/** In a browser the system's dialog cannot be had: a path on the machine that serves the page is typed instead. */
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/SessionProvider.tsx';

export function PathForm() {
  const { t } = useTranslation();
  const session = useSession();
  const [path, setPath] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (path.trim() !== '') session.open({ paths: [path.trim()] });
  }

  return (
    <form className="start-path" onSubmit={submit}>
      <TextInput
        label={t('screen.start.path')}
        description={t('screen.start.pathText')}
        placeholder="/var/log/openspp"
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
      />
      <Button type="submit" disabled={path.trim() === ''}>
        {t('screen.start.open')}
      </Button>
    </form>
  );
}
