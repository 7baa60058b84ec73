/** What was opened lately, on the start screen: a click opens it again. */
import { ActionIcon } from '@mantine/core';
import { IconFolder, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import { useShow } from '../commands/CommandCenter.tsx';
import { usePreferences } from '../session/PreferencesProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { PathText } from '../ui/PathText.tsx';

/** As many as fit below the ways in; the palette has all. */
const SHOWN = 5;

export function RecentList() {
  const { t } = useTranslation();
  const session = useSession();
  const format = useFormat();
  const show = useShow();
  const { preferences, refresh } = usePreferences();
  const recent = preferences?.recent ?? [];
  // What was opened while the stream of events was not there yet was told to nobody.
  useEffect(refresh, [refresh]);
  if (recent.length === 0) return null;
  return (
    <section className="recent">
      <h2>{t('app.recent.title')}</h2>
      <ul>
        {recent.slice(0, SHOWN).map(({ paths, openedAt }) => {
          const name = paths.join(' · ');
          return (
            <li key={name}>
              <button
                type="button"
                className="recent-open"
                title={showMarks(name)}
                onClick={() => session.open({ paths: [...paths] })}
              >
                <IconFolder size={16} stroke={1.6} aria-hidden />
                <span className="recent-path">
                  <PathText path={name} />
                </span>
                <time dateTime={openedAt}>{format.day(Date.parse(openedAt) * 1000)}</time>
              </button>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('app.recent.remove', { paths: showMarks(name) })}
                onClick={() => show({ what: 'delete', paths })}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
