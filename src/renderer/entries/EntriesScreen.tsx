/** All entries: filters above, the table, and the chosen entry in full beside it. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useOpened } from '../session/use-report.ts';
import { EntryPanel } from './EntryPanel.tsx';
import { EntryTable } from './EntryTable.tsx';
import { FilterBar } from './FilterBar.tsx';
import { dropTexts, hasText } from './filter-text.ts';
import { SearchLine } from './SearchLine.tsx';
import { StreamLine } from './StreamLine.tsx';
import type { EntryOrder } from './use-entry-rows.ts';
import './entries.css';
import './entry-panel.css';

export function EntriesScreen() {
  const { t } = useTranslation();
  const { workspace } = useOpened();
  const { place, choose } = useNavigation();
  const [order, setOrder] = useState<EntryOrder>('oldest-first');
  /** A jump brings its entry into view, as when the screen is opened at it. */
  const [jumps, setJumps] = useState(0);
  const body = useRef<HTMLDivElement>(null);

  function close(): void {
    choose({ entry: undefined });
    body.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  }

  const filtered = JSON.stringify(place.filter);
  return (
    <div className="entries">
      <h1 className="hidden-visually">{t('screen.nav.entries')}</h1>
      <FilterBar
        workspace={workspace}
        filter={place.filter}
        onChange={(filter) => choose({ filter, entry: undefined })}
      />
      {(place.filter.stream || place.filter.not?.stream) && <StreamLine workspace={workspace} />}
      {hasText(place.filter) && (
        <SearchLine
          key={`${filtered} ${order} ${jumps}`}
          workspace={workspace}
          filter={place.filter}
          order={order}
          onStop={() => choose({ filter: dropTexts(place.filter), entry: undefined })}
        />
      )}
      <div ref={body} className="entries-body" data-open={place.entry !== undefined || undefined}>
        <EntryTable
          // Another question begins at its first row.
          key={`${filtered} ${order}`}
          workspace={workspace}
          filter={place.filter}
          order={order}
          onOrder={setOrder}
          chosen={place.entry}
          onChoose={(entry) => choose({ entry })}
          onClose={close}
          onFilter={(filter) => choose({ filter, entry: undefined })}
        />
        {place.entry !== undefined && (
          <EntryPanel
            workspace={workspace}
            id={place.entry}
            onClose={close}
            onJump={(entry) => {
              choose({ entry });
              setJumps(jumps + 1);
            }}
          />
        )}
      </div>
    </div>
  );
}
