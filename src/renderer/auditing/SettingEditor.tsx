/** Changes what the database says of a setting. A secret is written anew: what is kept is not shown. */
import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingView } from '../../contract/setting.ts';
import { useChange } from '../session/use-change.ts';

interface Props {
  readonly setting: SettingView;
  onClose(): void;
}

export function SettingEditor({ setting, onClose }: Props) {
  const { t } = useTranslation();
  const { key, value, secret, layer, choices, text: said } = setting;
  const [text, setText] = useState(secret ? '' : value === null ? (said ?? '') : String(value));
  const change = useChange('settings.set', ['settings.list']);
  const set = async (next: string | null): Promise<void> => {
    if (await change.run({ key, text: next })) onClose();
  };
  const label = t('setting.newValue', { key });
  const words = typeof value === 'boolean' ? ['true', 'false'] : choices;
  const code = change.failure?.code;
  // What is no value says so in its title; any other refusal has its reason, and what to do.
  const error = code && t(code === 'bad-setting' ? `screen.failureTitle.${code}` : `failure.${code}`);
  return (
    <form
      className="auditing-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void set(text);
      }}
    >
      {words ? (
        <Select
          size="xs"
          aria-label={label}
          allowDeselect={false}
          data={words.map((word) => ({ value: word, label: tellWord(word, t) }))}
          value={text}
          error={error}
          onChange={(next) => next !== null && setText(next)}
        />
      ) : (
        <TextInput
          size="xs"
          type={secret ? 'password' : 'text'}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          aria-label={label}
          value={text}
          error={error}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
          }}
        />
      )}
      <div className="auditing-buttons">
        <Button size="compact-xs" type="submit">
          {t('setting.save')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={onClose}>
          {t('setting.cancel')}
        </Button>
        {layer === 'database' && (
          <Button size="compact-xs" variant="subtle" onClick={() => void set(null)}>
            {t('setting.remove')}
          </Button>
        )}
      </div>
    </form>
  );
}

function tellWord(word: string, t: (key: string) => string): string {
  return word === 'true' ? t('setting.yes') : word === 'false' ? t('setting.no') : word;
}
