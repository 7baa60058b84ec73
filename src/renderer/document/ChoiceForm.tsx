/** What goes into the document: the case, the parts, the entries, and whether values are told. */
import { Checkbox, MultiSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  type DocumentChoice,
  DocumentPart,
  type DocumentStock,
  EntryOrigin,
} from '../../contract/document.ts';
import { useMask } from '../session/mask.ts';

interface Props {
  readonly stock: DocumentStock;
  readonly choice: DocumentChoice;
  onChange(change: Partial<DocumentChoice>): void;
}

export function ChoiceForm({ stock, choice, onChange }: Props) {
  const { t } = useTranslation();
  const { isOn: isMasked } = useMask();
  const withEntries = choice.parts.includes('entries');
  const counts = { marks: stock.marked, findings: stock.named };
  return (
    <>
      <fieldset className="document-group">
        <legend>{t('document.about')}</legend>
        <TextInput
          size="xs"
          label={t('document.caseName')}
          description={t('document.caseHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          maxLength={200}
          value={choice.caseName}
          onChange={({ currentTarget: { value } }) => onChange({ caseName: value })}
        />
        <TextInput
          size="xs"
          label={t('document.examiner')}
          maxLength={200}
          value={choice.examiner}
          onChange={({ currentTarget: { value } }) => onChange({ examiner: value })}
        />
      </fieldset>

      <fieldset className="document-group">
        <legend>{t('document.parts')}</legend>
        {DocumentPart.options.map((part) => (
          <Checkbox
            key={part}
            size="xs"
            label={t(`document.part.${part}`)}
            description={
              part === 'findings'
                ? t('document.findingCount', { count: stock.findings, reviewed: stock.reviewed })
                : undefined
            }
            checked={choice.parts.includes(part)}
            onChange={({ currentTarget: { checked } }) =>
              onChange({ parts: toggle(DocumentPart.options, choice.parts, part, checked) })
            }
          />
        ))}
      </fieldset>

      {withEntries && (
        <fieldset className="document-group">
          <legend>{t('document.entriesOf')}</legend>
          {EntryOrigin.options.map((origin) => (
            <Checkbox
              key={origin}
              size="xs"
              label={t(`document.origin.${origin}`, { count: counts[origin] })}
              checked={choice.entriesOf.includes(origin)}
              onChange={({ currentTarget: { checked } }) =>
                onChange({ entriesOf: toggle(EntryOrigin.options, choice.entriesOf, origin, checked) })
              }
            />
          ))}
          {choice.entriesOf.includes('marks') && stock.tags.length > 0 && (
            <MultiSelect
              size="xs"
              label={t('document.onlyTags')}
              placeholder={choice.tags.length === 0 ? t('document.allTags') : ''}
              data={[...new Set([...stock.tags.map(({ value }) => value), ...choice.tags])]}
              value={choice.tags}
              onChange={(tags) => onChange({ tags })}
            />
          )}
        </fieldset>
      )}

      <fieldset className="document-group">
        <legend>{t('document.values')}</legend>
        <Checkbox
          size="xs"
          label={t('document.mask')}
          description={t(isMasked ? 'screen.mask.forced' : 'document.maskHint')}
          checked={choice.mask || isMasked}
          disabled={isMasked}
          onChange={({ currentTarget: { checked } }) => onChange({ mask: checked })}
        />
      </fieldset>
    </>
  );
}

/** In the order of all: the same choices are the same, however they were made. */
function toggle<T>(all: readonly T[], chosen: readonly T[], one: T, checked: boolean): T[] {
  return all.filter((each) => (each === one ? checked : chosen.includes(each)));
}
