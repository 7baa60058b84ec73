/** The files of a first check, each with how far it is. */
import { useTranslation } from 'react-i18next';
import type { FileSoFar, SoFar } from '../../contract/so-far.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { PathText } from '../ui/PathText.tsx';

export function FilesSoFar({ soFar }: { readonly soFar: SoFar }) {
  const { t } = useTranslation();
  const { files, filesBefore, filesAfter } = soFar;
  return (
    <section className="panel files-so-far" aria-labelledby="files-so-far-title">
      <div className="panel-head">
        <h2 id="files-so-far-title">{t('report.files')}</h2>
        <p className="panel-note">{t('n.file', { count: filesBefore + files.length + filesAfter })}</p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus */}
      <div className="panel-body so-far-scroll" tabIndex={0}>
        {filesBefore > 0 && (
          <p className="panel-note">{t('screen.check.filesBefore', { count: filesBefore })}</p>
        )}
        <ul>
          {files.map((file) => (
            <li key={file.path} data-state={file.state}>
              <span className="mono">
                <PathText path={file.path} />
              </span>
              <FileState file={file} />
            </li>
          ))}
        </ul>
        {filesAfter > 0 && (
          <p className="panel-note">{t('screen.check.filesAfter', { count: filesAfter })}</p>
        )}
      </div>
    </section>
  );
}

function FileState({ file }: { readonly file: FileSoFar }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, bytes, bytesRead, entries, malformed } = file;
  return (
    <span className="panel-note numbers">
      {state === 'read'
        ? t('n.entry', { count: entries })
        : t(`screen.check.file.${state}`, {
            share: format.percent(bytes === 0 ? 0 : Math.min(1, bytesRead / bytes)),
          })}
      {malformed > 0 && (
        <span data-tone="incomplete">
          {' · '}
          <span className="tone">{t('n.malformed', { count: malformed })}</span>
        </span>
      )}
    </span>
  );
}
