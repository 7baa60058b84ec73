/** Severity, node, cause and review to choose findings by; each only where there is something to choose. */
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { Finding } from '../../contract/finding.ts';
import { ReviewState } from '../../contract/mark.ts';
import { findingTones } from '../ui/finding-look.ts';
import { type FindingFilter, listDifferent, type Severity } from './filter-findings.ts';

interface Props {
  readonly findings: readonly Finding[];
  readonly filter: FindingFilter;
  onChange(filter: FindingFilter): void;
}

export function FindingFilters({ findings, filter, onChange }: Props) {
  const { t } = useTranslation();
  const causes = listDifferent(findings, ({ cause }) => cause?.code ?? '');
  // One sentence a cause: the first finding that has it tells it.
  const tellCause = (code: string): string => {
    const statement = findings.find(({ cause }) => cause?.code === code)?.cause;
    return statement ? t(`cause.${code}`, { ...statement.values }) : t('screen.review.noCause');
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out in a grid
    <div className="finding-filters" role="group" aria-label={t('screen.review.filters')}>
      <Choice
        label={t('screen.review.byState')}
        values={ReviewState.options}
        value={filter.state}
        tell={(state) => t(`screen.review.state.${state}`)}
        onChange={(state) => onChange({ ...filter, state })}
      />
      <Choice
        label={t('screen.review.bySeverity')}
        values={listDifferent<Severity>(findings, ({ kind }) => findingTones[kind])}
        value={filter.severity}
        tell={(severity) => t(`screen.review.severity.${severity}`)}
        onChange={(severity) => onChange({ ...filter, severity })}
      />
      <Choice
        label={t('screen.review.byNode')}
        values={listDifferent(findings, ({ node }) => node)}
        value={filter.node}
        tell={showMarks}
        onChange={(node) => onChange({ ...filter, node })}
      />
      <Choice
        label={t('screen.review.byCause')}
        values={causes}
        value={filter.cause}
        tell={tellCause}
        onChange={(cause) => onChange({ ...filter, cause })}
      />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly values: readonly T[];
  readonly value: T | undefined;
  tell(value: T): string;
  onChange(value: T | undefined): void;
}

function Choice<T extends string>({ label, values, value, tell, onChange }: ChoiceProps<T>) {
  const { t } = useTranslation();
  if (values.length < 2 && value === undefined) return null;
  // What is chosen may have settled away meanwhile.
  const shown = value === undefined || values.includes(value) ? values : [...values, value];
  return (
    <NativeSelect
      size="xs"
      label={label}
      data-set={value !== undefined || undefined}
      // By number: a value may be text from a log, which is never put raw into the page.
      value={value === undefined ? '' : String(shown.indexOf(value))}
      onChange={({ currentTarget: { value: chosen } }) =>
        onChange(chosen === '' ? undefined : shown[Number(chosen)])
      }
      data={[
        { value: '', label: t('screen.review.any') },
        ...shown.map((one, index) => ({ value: String(index), label: tell(one) })),
      ]}
    />
  );
}
