/** The entries before and after this one of the same record, user and stream, whatever is filtered. */
import { ActionIcon, Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter, EntryRow } from '../../contract/entry.ts';
import { useCall, useClient } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { selectCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { StreamName } from './StreamName.tsx';

interface Props {
  readonly workspace: string;
  readonly row: EntryRow;
  /** The table is to bring this entry into view. */
  onJump(id: string): void;
}

/** To be drawn anew for another entry (`key`). */
export function Neighbours({ workspace, row, onJump }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const { report } = useReport();
  const { place, choose } = useNavigation();
  const [outside, setOutside] = useState<string>();
  const { model, resId, userLogin, userId } = row;
  const user = userLogin || userId;
  // The same entry stands in each copy of the log: those of its own copy are its neighbours.
  const copy = selectCopy(report, report.files.find(({ path }) => path === row.path)?.source);
  const ofRecord = useAround(
    workspace,
    row,
    resId === '' ? undefined : { ...copy, model: [model], record: [`${model},${resId}`] },
  );
  const ofUser = useAround(workspace, row, user === '' ? undefined : { ...copy, user: [user] });
  const { data: stream } = useCall('entries.stream', { workspace, id: row.id });
  const ofStream: Around = { before: stream?.before, after: stream?.after };

  /** An entry that the filter leaves out is offered, and not shown among entries that it is not one of. */
  async function jump(to: EntryRow | undefined): Promise<void> {
    if (!to) return;
    const { filter } = place;
    const reply = await client.call('entries.position', {
      ...{ workspace, filter, order: 'oldest-first', id: to.id },
    });
    if (reply.ok && reply.value.offset !== null) onJump(to.id);
    else setOutside(to.id);
  }

  useHotkeys([
    ['p', () => void jump(ofRecord.before)],
    ['n', () => void jump(ofRecord.after)],
    ['shift+P', () => void jump(ofUser.before)],
    ['shift+N', () => void jump(ofUser.after)],
    ['b', () => void jump(ofStream.before)],
    ['f', () => void jump(ofStream.after)],
  ]);
  return (
    <section className="entry-section neighbours" aria-labelledby="neighbours-title">
      <div className="entry-section-head">
        <h3 id="neighbours-title">{t('screen.around.title')}</h3>
        <span className="panel-note">{t('screen.around.keys')}</span>
      </div>
      {resId !== '' && (
        <Way label={t('screen.around.record')} around={ofRecord} onJump={(to) => void jump(to)} />
      )}
      {user !== '' && <Way label={t('screen.around.user')} around={ofUser} onJump={(to) => void jump(to)} />}
      {stream && <Way label={t('screen.column.stream')} around={ofStream} onJump={(to) => void jump(to)} />}
      <StreamName workspace={workspace} stream={stream} />
      {outside !== undefined && (
        <p role="status">
          {t('screen.around.outside')}{' '}
          <Button size="compact-xs" variant="default" onClick={() => choose({ filter: {}, entry: outside })}>
            {t('screen.around.drop')}
          </Button>
        </p>
      )}
    </section>
  );
}

interface Around {
  readonly before: EntryRow | undefined;
  readonly after: EntryRow | undefined;
}

/** The rows beside one among all that match; none of nothing. */
function useAround(workspace: string, { id }: EntryRow, filter: EntryFilter | undefined): Around {
  const asked = { workspace, filter: filter ?? {}, order: 'oldest-first' } as const;
  const position = useCall('entries.position', { ...asked, id }, { enabled: filter !== undefined });
  const at = position.data?.offset ?? -1;
  const offset = Math.max(0, at - 1);
  const page = useCall('entries.page', { ...asked, offset, limit: 3 }, { enabled: at >= 0 });
  const rows = at >= 0 ? (page.data?.rows ?? []) : [];
  return { before: at > 0 ? rows[0] : undefined, after: rows[at - offset + 1] };
}

interface WayProps {
  readonly label: string;
  readonly around: Around;
  onJump(to: EntryRow): void;
}

function Way({ label, around, onJump }: WayProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="neighbour-way">
      <span>{label}</span>
      {(['before', 'after'] as const).map((side) => {
        const to = around[side];
        const told = `${label}: ${t(`screen.around.${side}`)}`;
        const Arrow = side === 'before' ? IconChevronUp : IconChevronDown;
        return (
          <span key={side} className="neighbour">
            <ActionIcon
              size="sm"
              variant="default"
              aria-label={told}
              title={told}
              disabled={!to}
              onClick={() => to && onJump(to)}
            >
              <Arrow size={14} />
            </ActionIcon>
            <span className="numbers">
              {to ? format.timeShort(to.tsMicros) : t(`screen.around.${side}None`)}
            </span>
          </span>
        );
      })}
    </div>
  );
}
