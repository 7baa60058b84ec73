/** One setting: its value, the layer that decides it, what lower layers tried to say, and what is wrong with that. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsOwner, SettingView } from '../../contract/setting.ts';
import { FactSentence } from '../ui/FactSentence.tsx';
import { Marked } from '../ui/Marked.tsx';
import { SettingEditor } from './SettingEditor.tsx';

interface Props {
  readonly setting: SettingView;
  readonly owner: SettingsOwner;
}

export function SettingLine({ setting, owner }: Props) {
  const { t } = useTranslation();
  const [isEdited, setEdited] = useState(false);
  const { key, value, layer, name, line, tried, errors, warnings, text } = setting;
  const fixed = owner === 'openspp' ? tellFixed(setting, t) : undefined;
  const canEdit = owner === 'openspp' && fixed === undefined;
  const isSet = layer !== 'default' && value !== null && value !== '';
  return (
    <tr>
      <th scope="row">
        <span className="mono">{key}</span>
        <p className="panel-note">{t(`setting.about.${key}`)}</p>
      </th>
      <td>
        <div className="auditing-value">
          <span className={isSet ? 'auditing-set' : undefined}>
            {value === null ? (
              <span className="tone" data-tone="contradicted">
                {t('setting.noValue')}
              </span>
            ) : (
              <Marked text={tellValue(setting, t)} />
            )}
          </span>
          {canEdit && !isEdited && (
            <Tooltip label={t('setting.edit', { key })}>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('setting.edit', { key })}
                onClick={() => setEdited(true)}
              >
                <IconPencil size={14} />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
        {isEdited && <SettingEditor setting={setting} onClose={() => setEdited(false)} />}
      </td>
      <td>
        <span className="copy-name" data-layer={layer}>
          {t(`setting.layer.${layer}`)}
        </span>
        {name !== undefined && fixed === undefined && (
          <p className="mono auditing-name">
            <Marked text={line === undefined ? name : t('setting.at', { name, line })} />
          </p>
        )}
        {fixed !== undefined && <p className="panel-note">{fixed}</p>}
        {errors.map(({ code }) => (
          <p key={code} className="tone auditing-said" data-tone="contradicted">
            <Marked text={`“${text ?? ''}” ${t(`setting.error.${code}`)}`} />
          </p>
        ))}
        {tried.length > 0 && (
          <p className="panel-note auditing-said">
            {t('setting.column.tried')}{' '}
            {tried.map((other) => (
              <span key={other.name} className="mono auditing-tried">
                <Marked text={`${other.name} = ${other.text}`} />
              </span>
            ))}
          </p>
        )}
        {warnings.map((warning) => (
          <p key={`${warning.code} ${warning.name}`} className="tone auditing-said" data-tone="incomplete">
            <FactSentence say={`setting.warning.${warning.code}`} facts={{ name: warning.name }} />
          </p>
        ))}
      </td>
    </tr>
  );
}

function tellValue({ value, secret }: SettingView, t: TFunction): string {
  if (typeof value === 'boolean') return t(value ? 'setting.yes' : 'setting.no');
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  if (text === '') return t('setting.none');
  return secret ? t('setting.masked') : text;
}

/** Why the database's value cannot be changed here; undefined where it can. */
function tellFixed({ layer, name, databaseMay }: SettingView, t: TFunction): string | undefined {
  if (layer === 'environment' || layer === 'file') return t(`setting.fixed.${layer}`, { name });
  return databaseMay ? undefined : t('setting.fixed.never');
}
