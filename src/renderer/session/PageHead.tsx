/** The head of a page about one record or person: the way back, where it belongs, its name, and its entries. */
import { ActionIcon, Breadcrumbs, Button, Select } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconListSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { EntryFilter } from '../../contract/entry.ts';
import { Marked } from '../ui/Marked.tsx';
import { useNavigation } from './NavigationProvider.tsx';
import { nameCopy } from './sources.ts';
import { useReport } from './use-report.ts';

interface Props {
  readonly kind: 'record' | 'person';
  readonly name: string;
  readonly filter: EntryFilter;
  /** The copy that is told; undefined where there is one. */
  readonly source: number | undefined;
  onSource(source: number): void;
}

export function PageHead({ kind, name, filter, source, onSource }: Props) {
  const { t, i18n } = useTranslation();
  const { go } = useNavigation();
  const { report } = useReport();
  const Arrow = i18n.dir() === 'rtl' ? IconArrowRight : IconArrowLeft;
  return (
    <header className="page-head">
      <ActionIcon
        variant="default"
        size="md"
        aria-label={t('screen.record.back')}
        title={t('screen.record.back')}
        onClick={() => history.back()}
      >
        <Arrow size={16} />
      </ActionIcon>
      <div className="page-name">
        <nav aria-label={t('screen.record.path')}>
          <Breadcrumbs separatorMargin={6}>
            <button
              type="button"
              className="link"
              onClick={() => go({ screen: 'entries', entry: undefined, filter: {} })}
            >
              {t('screen.nav.entries')}
            </button>
            <span>{t(`screen.nav.${kind}`)}</span>
          </Breadcrumbs>
        </nav>
        <h1>
          <Marked text={name} />
        </h1>
      </div>
      {source !== undefined && (
        <Select
          size="xs"
          aria-label={t('screen.column.copy')}
          allowDeselect={false}
          value={String(source)}
          data={report.sources.map((_, index) => ({
            value: String(index),
            label: showMarks(nameCopy(report, index) ?? ''),
          }))}
          onChange={(value) => value !== null && onSource(Number(value))}
        />
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconListSearch size={15} />}
        onClick={() => go({ screen: 'entries', entry: undefined, filter })}
      >
        {t('screen.record.entries')}
      </Button>
    </header>
  );
}
