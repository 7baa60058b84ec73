/** What an import of rules would change, and which parts of the file are none, before anything is changed. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MAX_RULE_FILE, type RuleForm, type RuleImport, type RuleRefusal } from '../../contract/own-rules.ts';
import { useCall } from '../session/client.ts';
import { useChange } from '../session/use-change.ts';
import { FactSentence } from '../ui/FactSentence.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Marked } from '../ui/Marked.tsx';
import { STALE } from './stale-calls.ts';
import { tellDifference, tellRule } from './tell-rule.ts';

/** A file that a person chose. */
export interface RuleFile {
  readonly name: string;
  readonly form: RuleForm;
  readonly text: string;
}

export async function readRuleFile(file: File): Promise<RuleFile> {
  const text = file.size > MAX_RULE_FILE * 4 ? ' '.repeat(MAX_RULE_FILE + 1) : await file.text();
  const isTable = /\.csv$/i.test(file.name) || !/^\s*[[{]/.test(text);
  return { name: file.name, text, form: isTable && !/\.json$/i.test(file.name) ? 'csv' : 'json' };
}

interface Props {
  readonly file: RuleFile;
  onClose(): void;
}

export function ImportPanel({ file: { name, form, text }, onClose }: Props) {
  const { t } = useTranslation();
  const isTooLong = text.length > MAX_RULE_FILE;
  const plan = useCall('rules.import', { form, text, apply: false }, { enabled: !isTooLong });
  const save = useChange('rules.import', STALE);
  const count = plan.data?.changes.length ?? 0;
  return (
    <section className="panel rules-import" aria-labelledby="rule-import-title">
      <div className="panel-head">
        <h2 id="rule-import-title">
          <FactSentence say="rules.import.of" facts={{ name }} />
        </h2>
      </div>
      <div className="panel-body">
        {isTooLong && <p role="alert">{t('rules.import.tooLong')}</p>}
        {plan.error && <FailureNotice failure={plan.error.failure} />}
        {plan.data && <Plan plan={plan.data} />}
        {save.failure && <FailureNotice failure={save.failure} />}
        <div className="rules-buttons">
          {count > 0 && (
            <Button
              size="compact-sm"
              onClick={async () => {
                if (await save.run({ form, text, apply: true })) onClose();
              }}
            >
              {t('rules.import.run', { count })}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={onClose}>
            {t(count > 0 ? 'rules.cancel' : 'rules.import.close')}
          </Button>
        </div>
      </div>
    </section>
  );
}

function Plan({ plan: { changes, same, refused, ignored, filled } }: { readonly plan: RuleImport }) {
  const { t } = useTranslation();
  const added = changes.filter(({ before }) => before === null).length;
  return (
    <>
      <p>
        {t('rules.import.sum', {
          ...{ added, changed: changes.length - added, same: same.length, refused: refused.length },
        })}
      </p>
      {ignored.length > 0 && (
        <p className="warning-note" data-tone="incomplete">
          <FactSentence say="rules.import.ignored" facts={{ names: ignored.join(', ') }} />
        </p>
      )}
      {filled.length > 0 && (
        <p>
          <FactSentence say="rules.import.filled" facts={{ names: filled.join(', ') }} />
        </p>
      )}
      {refused.length > 0 && (
        <ul className="rules-refused" aria-label={t('rules.import.refused')}>
          {refused.map((refusal) => (
            <li key={JSON.stringify(refusal)} className="tone" data-tone="contradicted">
              <Refusal refusal={refusal} />
            </li>
          ))}
        </ul>
      )}
      {changes.length > 0 && (
        <table className="table named-rows">
          <thead>
            <tr>
              <th scope="col">{t('rules.field.model')}</th>
              <th scope="col">{t('rules.import.becomes')}</th>
              <th scope="col">{t('rules.import.what')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ before, after }) => (
              <tr key={after.model}>
                <th scope="row" className="mono">
                  <Marked text={after.model} />
                </th>
                <td>{t(before ? 'rules.import.changed' : 'rules.import.new')}</td>
                <td>{before ? tellDifference(before, after, t) : tellRule(after, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Refusal({ refusal: { line, code, field = '', text = '' } }: { readonly refusal: RuleRefusal }) {
  const { t } = useTranslation();
  return (
    <>
      <strong>{t('rules.import.line', { line })} </strong>
      <span>
        <FactSentence say={`rules.import.why.${code}`} facts={{ field, text }} />
      </span>
    </>
  );
}
