/** The settings of an audit trail: each with its value and where that comes from; and the doctor beside them. */
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SettingKey, SettingsOwner, type SettingsView } from '../../contract/setting.ts';
import { useCall } from '../session/client.ts';
import { FactSentence } from '../ui/FactSentence.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Marked } from '../ui/Marked.tsx';
import { DoctorPanel } from './DoctorPanel.tsx';
import { SettingLine } from './SettingLine.tsx';
import './auditing.css';

/** Backends that can witness a change: the database may be what is changed. */
const WITNESSES: readonly SettingKey[] = ['backend_file', 'backend_syslog', 'backend_http'];

export function SettingsScreen() {
  const { t } = useTranslation();
  const [owner, setOwner] = useState<SettingsOwner>('openspp');
  const settings = useCall('settings.list', { owner });
  return (
    <>
      <div className="screen-head">
        <h1>{t('setting.title')}</h1>
        <SegmentedControl
          size="xs"
          aria-label={t('setting.owner.label')}
          value={owner}
          onChange={(value) => setOwner(SettingsOwner.parse(value))}
          data={SettingsOwner.options.map((value) => ({ value, label: t(`setting.owner.${value}`) }))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus */}
      <div className="auditing" tabIndex={0}>
        <div className="auditing-settings">
          <p className="auditing-lead">
            {t(`setting.whose.${owner}`)} {owner === 'openspp' && t('setting.lead')}
          </p>
          {settings.error && <FailureNotice failure={settings.error.failure} />}
          {settings.data && <SettingTable view={settings.data} />}
        </div>
        <DoctorPanel key={owner} owner={owner} />
      </div>
    </>
  );
}

function SettingTable({ view }: { readonly view: SettingsView }) {
  const { t } = useTranslation();
  const { owner, configFile, database, settings, strays, fileProblems } = view;
  const isProtected = settings.some(({ key, value }) => WITNESSES.includes(key) && value === true);
  return (
    <>
      {!isProtected && (
        <p className="warning-note" data-tone="incomplete">
          {t('setting.unprotected')}
        </p>
      )}
      <dl className="facts auditing-places">
        {owner === 'openspp' && (
          <div>
            <dt>{t('setting.from.file')}</dt>
            <dd>{configFile === null ? t('setting.from.noFile') : <Place path={configFile} />}</dd>
          </div>
        )}
        <div>
          <dt>{t('setting.from.database')}</dt>
          <dd>
            {database === null ? t('setting.from.noDatabase') : <Place path={database} />}
            {database !== null && <p className="panel-note">{t('setting.from.databaseIs')}</p>}
          </dd>
        </div>
      </dl>
      {strays.length + fileProblems.length > 0 && (
        <ul className="auditing-problems">
          {strays.map(({ layer, name, why }) => (
            <li key={`${layer} ${name}`} className="tone" data-tone="incomplete">
              <FactSentence say={`setting.stray.${why}`} facts={{ name }} />
            </li>
          ))}
          {fileProblems.map(({ line, code }) => (
            <li key={`${line} ${code}`} className="tone" data-tone="incomplete">
              {t(`setting.problem.${code}`, { line })}
            </li>
          ))}
        </ul>
      )}
      <section className="panel" aria-label={t('setting.title')}>
        <table className="table named-rows auditing-table">
          <thead>
            <tr>
              <th scope="col">{t('setting.column.setting')}</th>
              <th scope="col">{t('setting.column.value')}</th>
              <th scope="col">{t('setting.column.layer')}</th>
            </tr>
          </thead>
          <tbody>
            {settings.map((setting) => (
              <SettingLine key={setting.key} setting={setting} owner={owner} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Place({ path }: { readonly path: string }) {
  return (
    <span className="mono">
      <Marked text={path} />
    </span>
  );
}
