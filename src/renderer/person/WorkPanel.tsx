/** What a person's entries are about: models, actions, nodes and records, each leading on. */
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import type { PersonActivity } from '../../contract/person.ts';
import { RecordName } from '../../contract/record.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { nameRecord } from '../session/RecordLink.tsx';
import { BarList } from '../ui/BarList.tsx';

interface Props {
  readonly activity: PersonActivity;
  onOpen(filter: EntryFilter): void;
}

export function WorkPanel({ activity, onOpen }: Props) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const lists = { model: activity.models, action: activity.actions, node: activity.nodes };
  const tellList = (key: keyof typeof lists) => (
    <BarList
      title={t(`screen.column.${key}`)}
      total={lists[key].total}
      items={lists[key].shown.map(({ value, count }) => ({ key: value, text: value, count }))}
      onOpen={(value) => onOpen({ [key]: [value] })}
    />
  );
  return (
    <section className="panel work" aria-labelledby="work-title">
      <div className="panel-head">
        <h2 id="work-title">{t('screen.person.on')}</h2>
      </div>
      <div className="panel-body bar-lists">
        <div className="work-stack">
          {tellList('model')}
          {tellList('node')}
        </div>
        {tellList('action')}
        <BarList
          title={t('screen.person.records')}
          total={activity.records.total}
          items={activity.records.shown.map(({ count, ...record }) => ({
            key: JSON.stringify(record),
            text: nameRecord(record),
            count,
          }))}
          onOpen={(key) => go({ screen: 'record', record: RecordName.parse(JSON.parse(key)) })}
        />
      </div>
    </section>
  );
}
