/** Deletes a workspace, or only forgets that it was opened; says what goes and what stays before it does. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import { useMay } from '../session/account.ts';
import { useClient } from '../session/client.ts';
import { useSession } from '../session/SessionProvider.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { PathText } from '../ui/PathText.tsx';
import { Dialog } from './Dialog.tsx';

interface Props {
  readonly paths: readonly string[];
  onClose(): void;
}

export function DeleteDialog({ paths, onClose }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const session = useSession();
  const may = useMay();
  const [failure, setFailure] = useState<Failure>();
  const isOpen = String(session.workspace?.paths) === String(paths);

  async function remove(call: 'workspace.delete' | 'recent.forget'): Promise<void> {
    // The screens leave first: they would ask for what is no longer there.
    if (isOpen) session.close();
    const reply = await client.call(call, { paths: [...paths] });
    if (reply.ok) onClose();
    else setFailure(reply.failure);
  }

  return (
    <Dialog onClose={onClose} title={t('app.delete.title')} size={520}>
      <div className="delete">
        <p className="mono">
          <PathText path={paths.join(' · ')} />
        </p>
        <p>{t('app.delete.goes')}</p>
        <p>{t('app.delete.stays')}</p>
        {failure && <FailureNotice failure={failure} />}
        <div className="delete-ways">
          <Button
            className="delete-button"
            disabled={!may('workspace.delete')}
            title={may('workspace.delete') ? undefined : t('signIn.needsManager')}
            onClick={() => void remove('workspace.delete')}
          >
            {t('app.delete.delete')}
          </Button>
          {!isOpen && (
            <Button variant="default" onClick={() => void remove('recent.forget')}>
              {t('app.delete.forget')}
            </Button>
          )}
          <Button variant="subtle" onClick={onClose} data-autofocus>
            {t('app.delete.keep')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
