/**
 * Shows that the window takes what is dragged over it. In the desktop window the preload tells the paths of what is
 * dropped; a browser keeps them to itself, which is said.
 */
import { IconFolderDown } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../session/client.ts';

export function DropTarget() {
  const { t } = useTranslation();
  const inBrowser = useCall('app.info', {}).data?.shell === 'browser';
  const [isOver, setOver] = useState(false);
  const [isRefused, setRefused] = useState(false);

  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
      setRefused(false);
    };
    // Left for an element of the page is not left for elsewhere.
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      setRefused(inBrowser);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [inBrowser]);

  if (isRefused) {
    return (
      <div className="drop-refused" role="alert">
        <p>{t('app.drop.refused')}</p>
        <button type="button" onClick={() => setRefused(false)}>
          {t('app.drop.understood')}
        </button>
      </div>
    );
  }
  if (!isOver) return null;
  return (
    <div className="drop-target">
      <div className="drop-sign">
        <IconFolderDown size={36} stroke={1.4} aria-hidden />
        <p>{t('app.drop.over')}</p>
      </div>
    </div>
  );
}
