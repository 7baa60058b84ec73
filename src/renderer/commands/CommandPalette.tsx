/** Every command by its name: typed, chosen with the arrows, run with Enter. */
import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PathText } from '../ui/PathText.tsx';
import { type Command, findCommands } from './command.ts';
import { KeyCaps } from './KeyCaps.tsx';

interface Props {
  readonly commands: readonly Command[];
  onClose(): void;
}

export function CommandPalette({ commands, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [question, setQuestion] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = findCommands(commands, question, (group) => t(`app.group.${group}`));
  const at = Math.min(chosen, found.length - 1);

  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  function run(command: Command | undefined): void {
    if (!command) return;
    // Closed first: what the command shows stands where the palette stood.
    onClose();
    command.run();
  }

  function press(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % found.length,
      ArrowUp: (at - 1 + found.length) % found.length,
      Home: 0,
      End: found.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined && found.length > 0 && !(question !== '' && /Home|End/.test(event.key)))
      setChosen(to);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(found[at]);
    else return;
    event.preventDefault();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      yOffset="12vh"
      padding={0}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': t('app.palette.label') } }}
    >
      <div className="palette-question">
        <IconSearch size={18} aria-hidden />
        <input
          role="combobox"
          aria-label={t('app.palette.label')}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[at] && `${id}-${at}`}
          placeholder={t('app.palette.hint')}
          value={question}
          onChange={(event) => {
            setQuestion(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={press}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={t('app.palette.commands')}
        className="palette-list"
      >
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
          <div
            key={command.id}
            id={`${id}-${index}`}
            data-at={index}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="palette-item"
            onMouseMove={() => setChosen(index)}
            onClick={() => run(command)}
          >
            <command.icon size={17} stroke={1.6} aria-hidden />
            <span className="palette-label">
              <PathText path={command.label} />
            </span>
            {command.keys ? (
              <KeyCaps keys={command.keys} />
            ) : (
              <span className="palette-group">{t(`app.group.${command.group}`)}</span>
            )}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="palette-none">{t('app.palette.none')}</p>}
    </Modal>
  );
}
