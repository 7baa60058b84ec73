/** Every file that was read, with the hash that names exactly these bytes. */
import { useTranslation } from 'react-i18next';
import type { Report } from '../../contract/report.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { readMicros } from '../ui/format.ts';
import { Marked } from '../ui/Marked.tsx';
import { PathText } from '../ui/PathText.tsx';
import { useShownPart } from '../ui/use-shown-part.tsx';

type ReportFile = Report['files'][number];

export function FilesPanel({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { shown, more } = useShownPart(report.files);
  return (
    <section className="panel files" aria-labelledby="files-title">
      <div className="panel-head">
        <h2 id="files-title">{t('report.files')}</h2>
        <p className="panel-note">{t('n.file', { count: report.files.length })}</p>
      </div>
      <div className="panel-body table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('screen.column.path')}</th>
              <th scope="col" className="figure">
                {t('screen.column.size')}
              </th>
              <th scope="col" className="figure">
                {t('screen.total.lines')}
              </th>
              <th scope="col" className="figure">
                {t('screen.total.entries')}
              </th>
              <th scope="col" className="figure">
                {t('screen.column.malformed')}
              </th>
              <th scope="col">{t('screen.column.dialect')}</th>
              <th scope="col">{t('screen.time.extentIn', { zone: format.zone })}</th>
              <th scope="col">{t('screen.column.sha256')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((file) => (
              <FileRow key={`${file.source}:${file.path}`} file={file} />
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </section>
  );
}

function FileRow({ file }: { readonly file: ReportFile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  return (
    <tr>
      <td className="files-path">
        <button
          type="button"
          className="link mono"
          onClick={() => go({ screen: 'entries', filter: { path: [file.path] } })}
        >
          <PathText path={file.path} />
        </button>
        {file.copyOf !== undefined && (
          <div className="panel-note">
            <Marked text={t('report.copyOf', { path: file.copyOf })} />
          </div>
        )}
      </td>
      <td className="figure nowrap">{format.bytes(file.bytes)}</td>
      <td className="figure">{format.number(file.lines)}</td>
      <td className="figure">{format.number(file.entries)}</td>
      <td className="figure" data-tone="incomplete">
        <span className={file.malformed > 0 ? 'tone' : undefined}>{format.number(file.malformed)}</span>
      </td>
      <td>{t(`dialect.${file.dialect}`)}</td>
      <td className="nowrap">
        {file.firstTs !== undefined && format.timeShort(readMicros(file.firstTs))}
        {file.lastTs !== undefined && <div>{format.timeShort(readMicros(file.lastTs))}</div>}
      </td>
      <td className="nowrap">
        <Hash text={file.sha256} what={t('screen.column.sha256')} />
        {file.contentSha256 !== undefined && (
          <div className="panel-note">
            {t('screen.overview.content')}{' '}
            <Hash text={file.contentSha256} what={t('screen.overview.contentHash')} />
          </div>
        )}
      </td>
    </tr>
  );
}

function Hash({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <>
      <span className="mono" title={text}>
        {text.slice(0, 12)}…
      </span>{' '}
      <CopyButton value={text} what={what} />
    </>
  );
}
