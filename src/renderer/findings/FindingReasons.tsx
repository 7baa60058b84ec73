/** The likely cause with its evidence, and what would settle it where it is not certain. */
import { useTranslation } from 'react-i18next';
import type { Finding, Statement } from '../../contract/finding.ts';
import { Sentence, type StatementGroup } from '../ui/Sentence.tsx';
import { isDifference } from './Differences.tsx';

export function FindingReasons({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const { evidence, wouldTell = [] } = finding;
  // What may be on its way has no cause yet: a provisional finding must not sound decided.
  const cause = finding.provisional ? undefined : finding.cause;
  if (!cause && wouldTell.length === 0 && evidence.every(isDifference)) return null;
  return (
    <section className="panel reasons" aria-label={t('screen.findings.why')}>
      {cause && (
        <div>
          <h3>{t('screen.findings.cause')}</h3>
          <p className="reasons-cause">
            <Sentence group="cause" statement={cause} />
          </p>
        </div>
      )}
      <Statements
        title={t('screen.findings.evidence')}
        group="evidence"
        statements={evidence.filter((statement) => !isDifference(statement))}
      />
      <Statements title={t('screen.findings.wouldTell')} group="wouldTell" statements={wouldTell} />
    </section>
  );
}

interface StatementsProps {
  readonly title: string;
  readonly group: StatementGroup;
  readonly statements: readonly Statement[];
}

function Statements({ title, group, statements }: StatementsProps) {
  if (statements.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {statements.map((statement) => (
          <li key={`${statement.code} ${statement.text}`}>
            <Sentence group={group} statement={statement} />
          </li>
        ))}
      </ul>
    </div>
  );
}
