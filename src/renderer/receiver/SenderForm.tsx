/** A new sender: its name, and what it is known by. */
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import { SELF_TEST_SENDER, SenderName } from '../../contract/spool.ts';

interface Props {
  readonly taken: readonly string[];
  onClose(): void;
  onAdd(name: string, allow: string[] | undefined): Promise<Failure | undefined>;
}

export function SenderForm({ taken, onClose, onAdd }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [by, setBy] = useState<'value' | 'address'>('value');
  const [allow, setAllow] = useState('');
  const [isTold, setTold] = useState<'name' | 'allow'>();
  const isNameGood = SenderName.safeParse(name).success && ![...taken, SELF_TEST_SENDER].includes(name);

  async function add(): Promise<void> {
    if (!isNameGood) return setTold('name');
    const addresses = allow.split(/[\s,]+/).filter((text) => text !== '');
    if (by === 'address' && addresses.length === 0) return setTold('allow');
    const failure = await onAdd(name, by === 'address' ? addresses : undefined);
    if (failure) setTold(by === 'address' ? 'allow' : 'name');
    else onClose();
  }

  return (
    <form
      className="receiver-form"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextInput
        size="xs"
        label={t('receiver.senders.name')}
        description={t('receiver.senders.nameHint')}
        value={name}
        error={isTold === 'name' && t('receiver.senders.nameBad')}
        onChange={(event) => setName(event.currentTarget.value)}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        data-autofocus
      />
      <SegmentedControl
        size="xs"
        aria-label={t('receiver.senders.by')}
        value={by}
        onChange={(next) => setBy(next === 'address' ? 'address' : 'value')}
        data={(['value', 'address'] as const).map((value) => ({
          value,
          label: t(`receiver.senders.${value}`),
        }))}
      />
      {by === 'address' && (
        <TextInput
          size="xs"
          label={t('receiver.senders.allow')}
          description={t('receiver.senders.allowHint')}
          value={allow}
          error={isTold === 'allow' && t('receiver.senders.allowBad')}
          onChange={(event) => setAllow(event.currentTarget.value)}
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
        />
      )}
      <div className="receiver-buttons">
        <Button size="compact-xs" type="submit">
          {t('receiver.senders.save')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={onClose}>
          {t('receiver.senders.cancel')}
        </Button>
      </div>
    </form>
  );
}
