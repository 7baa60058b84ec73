/** The streams that a finding is about, by name: each leads to its entries. */
import { IconTimeline } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../contract/finding.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { StreamText } from '../session/StreamText.tsx';

/** More are for the list of entries to choose among. */
const SHOWN = 8;

export function StripStreams({ finding: { streams = [] } }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  if (streams.length === 0) return null;
  return (
    <ul className="strip-streams" aria-label={t('screen.around.stream.ofFinding')}>
      {streams.slice(0, SHOWN).map((id) => (
        <li key={id}>
          <button
            type="button"
            className="link"
            title={t('screen.around.stream.open')}
            onClick={() => go({ screen: 'entries', entry: undefined, filter: { stream: [id] } })}
          >
            <IconTimeline size={14} aria-hidden /> <StreamText id={id} />
          </button>
        </li>
      ))}
      {streams.length > SHOWN && (
        <li className="panel-note">{t('screen.entries.moreValues', { count: streams.length - SHOWN })}</li>
      )}
    </ul>
  );
}
