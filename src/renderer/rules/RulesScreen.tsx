/** The rules of Unbroken's own trail: whose they are, whether changes are protected, and each of them to be edited. */
import { Button, FileButton, SegmentedControl } from '@mantine/core';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../contract/rule.ts';
import { useMay } from '../session/account.ts';
import { useCall } from '../session/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { CoverageTable } from './CoverageTable.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { ExportRules } from './ExportRules.tsx';
import { ImportPanel, type RuleFile, readRuleFile } from './ImportPanel.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { RuleHistory } from './RuleHistory.tsx';
import { RuleTable } from './RuleTable.tsx';
import './rules.css';

const parts = ['own', 'coverage', 'difference'] as const;

export function RulesScreen() {
  const { t } = useTranslation();
  const may = useMay();
  // What a log says of its rules is for all; Unbroken's own are for those who answer for them.
  const isManager = may('rules.list');
  const list = useCall('rules.list', {}, { enabled: isManager });
  const [part, setPart] = useState<string>(isManager ? 'own' : 'coverage');
  /** Null: a new rule. */
  const [edited, setEdited] = useState<Rule | null>();
  const [imported, setImported] = useState<RuleFile>();
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
            setImported(undefined);
          }}
          data={parts.map((value) => ({
            value,
            label: t(`rules.part.${value}`),
            disabled: !isManager && value !== 'coverage',
          }))}
        />
        {!isManager && <p className="panel-note">{t('signIn.needsManager')}</p>}
        {part === 'own' && (
          <>
            <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEdited(null)}>
              {t('rules.add')}
            </Button>
            <FileButton
              accept=".json,.csv"
              onChange={async (file) => file && setImported(await readRuleFile(file))}
            >
              {(props) => (
                <Button size="xs" variant="default" leftSection={<IconUpload size={14} />} {...props}>
                  {t('rules.import.title')}
                </Button>
              )}
            </FileButton>
            <ExportRules isEmpty={rules.length === 0} />
          </>
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
                <p className="warning-note" data-tone="incomplete">
                  {t('rules.unprotected')}
                </p>
              )}
              {imported && (
                <ImportPanel key={imported.text} file={imported} onClose={() => setImported(undefined)} />
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
