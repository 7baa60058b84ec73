/** What the log is to be compared with: an earlier report of it, or a list of checksums. */
import { ActionIcon, Button } from '@mantine/core';
import { IconHistory, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PathText } from '../ui/PathText.tsx';

interface Props {
  readonly against: string | undefined;
  onChoose(): void;
  onRemove(): void;
}

export function AgainstChoice({ against, onChoose, onRemove }: Props) {
  const { t } = useTranslation();
  if (against === undefined) {
    return (
      <Button
        variant="subtle"
        size="sm"
        className="start-against"
        leftSection={<IconHistory size={16} />}
        onClick={onChoose}
      >
        {t('screen.start.against')}
      </Button>
    );
  }
  return (
    <p className="start-against-chosen">
      <IconHistory size={16} aria-hidden />
      <span>
        {t('screen.start.againstChosen')}
        <span className="mono">
          <PathText path={against} />
        </span>
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('screen.start.againstRemove')}
        onClick={onRemove}
      >
        <IconX size={15} />
      </ActionIcon>
    </p>
  );
}
