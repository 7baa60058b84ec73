/** The version, which leads to all about it, a word where the runtime is only for development, and the settings. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconKeyboard, IconSettings, IconTool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useShow } from '../commands/CommandCenter.tsx';
import { useCall } from '../session/client.ts';

const ways = [
  { what: 'shortcuts', icon: IconKeyboard },
  { what: 'settings', icon: IconSettings },
] as const;

export function AboutLine() {
  const { t } = useTranslation();
  const show = useShow();
  const info = useCall('app.info', {});
  if (!info.data) return null;
  return (
    <div className="about-line">
      <button
        type="button"
        className="about-version"
        title={t('app.command.about')}
        onClick={() => show({ what: 'about' })}
      >
        {t('screen.version', { version: info.data.version })}
      </button>
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
      <span className="about-ways">
        {ways.map(({ what, icon: Picture }) => (
          <Tooltip key={what} label={t(`app.command.${what}`)}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t(`app.command.${what}`)}
              onClick={() => show({ what })}
            >
              <Picture size={15} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
      </span>
    </div>
  );
}
