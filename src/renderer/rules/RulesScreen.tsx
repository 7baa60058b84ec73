/** The rules of Unbroken's own trail: whose they are, whether changes are protected, and each of them to be edited. */
import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../contract/rule.ts';
import { useCall } from '../session/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { CoverageTable } from './CoverageTable.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { RuleHistory } from './RuleHistory.tsx';
import { RuleTable } from './RuleTable.tsx';
import './rules.css';

const parts = ['own', 'coverage', 'difference'] as const;

export function RulesScreen() {
  const { t } = useTranslation();
  const list = useCall('rules.list', {});
  const [part, setPart] = useState<string>('own');
  /** Null: a new rule. */
  const [edited, setEdited] = useState<Rule | null>();
  const { rules = [], witnesses = [] } = list.data ?? {};
  return (
    <>
      <div className="screen-head">
        <h1>{t('rules.title')}</h1>
        <SegmentedControl
          size="xs"
          aria-label={t('rules.part.label')}
          value={part}
          onChange={(value) => {
            setPart(value);
            setEdited(undefined);
          }}
          data={parts.map((value) => ({ value, label: t(`rules.part.${value}`) }))}
        />
        {part === 'own' && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEdited(null)}>
            {t('rules.add')}
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus */}
      <div className="rules" data-edited={edited !== undefined || undefined} tabIndex={0}>
        <div className="rules-main">
          {part === 'difference' ? (
            <DifferenceTable />
          ) : part === 'coverage' ? (
            <CoverageTable />
          ) : (
            <>
              <p className="rules-lead">{t('rules.whose')}</p>
              {list.error && <FailureNotice failure={list.error.failure} />}
              {list.data && witnesses.length === 0 && (
                <p className="rules-unprotected" data-tone="incomplete">
                  {t('rules.unprotected')}
                </p>
              )}
              {list.data && <RuleTable rules={rules} onEdit={setEdited} />}
              {edited !== null && <RuleHistory model={edited?.model} />}
            </>
          )}
        </div>
        {edited !== undefined && (
          <RuleEditor key={edited?.model ?? ''} rule={edited} onClose={() => setEdited(undefined)} />
        )}
      </div>
    </>
  );
}
