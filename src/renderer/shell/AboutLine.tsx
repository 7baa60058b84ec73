/** The version, and a word where the app runs on a runtime that is only for development. */
import { Tooltip } from '@mantine/core';
import { IconTool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../session/client.ts';

export function AboutLine() {
  const { t } = useTranslation();
  const info = useCall('app.info', {});
  if (!info.data) return null;
  return (
    <div className="about-line">
      <span>{t('screen.version', { version: info.data.version })}</span>
      {info.data.developmentRuntime && (
        <Tooltip
          label={t('screen.developmentRuntime.text', { runtime: info.data.runtime })}
          multiline
          w={240}
        >
          <button type="button" className="about-runtime">
            <IconTool size={12} aria-hidden />
            {t('screen.developmentRuntime.label')}
          </button>
        </Tooltip>
      )}
    </div>
  );
}
