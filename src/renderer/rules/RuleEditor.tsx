/** Makes, changes or removes one rule. Models and fields are proposed from what the open log contains. */
import { Autocomplete, Button, Checkbox, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataMethod, LifecycleAction, LoggedAction, ModelName, Rule } from '../../contract/rule.ts';
import { useCall } from '../session/client.ts';
import { useChange } from '../session/use-change.ts';
import { useReport } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { STALE } from './stale-calls.ts';

interface Props {
  /** Null: a new one. */
  readonly rule: Rule | null;
  onClose(): void;
}

function createBlank(): Rule {
  const isMethod = (action: string) => DataMethod.safeParse(action).success;
  const log = Object.fromEntries(LoggedAction.options.map((action) => [action, isMethod(action)]));
  return {
    name: '',
    model: '',
    active: true,
    log: log as Rule['log'],
    subscribedFields: [],
    postToChatter: false,
  };
}

export function RuleEditor({ rule, onClose }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => rule ?? createBlank());
  const [isTried, setTried] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const [previewed, setPreviewed] = useState<Rule>();
  const save = useChange('rules.save', STALE);
  const remove = useChange('rules.remove', STALE);
  const { models, fields } = useProposals(draft.model);
  const failure = save.failure ?? remove.failure;
  const parsed = Rule.safeParse(draft);
  const wrong = new Set(isTried ? parsed.error?.issues.map(({ path }) => path[0]) : []);
  const set = (change: Partial<Rule>) => setDraft({ ...draft, ...change });

  async function submit(): Promise<void> {
    setTried(true);
    if (parsed.success && (await save.run({ rule: parsed.data, isNew: rule === null }))) onClose();
  }

  const checkboxes = (actions: readonly LoggedAction[], legend: string) => (
    <fieldset>
      <legend>{legend}</legend>
      {actions.map((action) => (
        <Checkbox
          key={action}
          size="xs"
          label={<span className="mono">{action}</span>}
          checked={draft.log[action]}
          onChange={(event) => set({ log: { ...draft.log, [action]: event.currentTarget.checked } })}
        />
      ))}
    </fieldset>
  );

  return (
    <section className="panel rules-editor" aria-labelledby="rule-editor-title">
      <div className="panel-head">
        <h2 id="rule-editor-title">{t(rule ? 'rules.editTitle' : 'rules.addTitle')}</h2>
      </div>
      <form
        className="panel-body"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Autocomplete
          size="xs"
          dir="ltr"
          spellCheck={false}
          label={t('rules.field.model')}
          description={rule ? t('rules.modelFixed') : undefined}
          data={models}
          limit={50}
          readOnly={rule !== null}
          value={draft.model}
          error={wrong.has('model') && t('rules.wrong.model')}
          onChange={(model) => set({ model })}
        />
        <TextInput
          size="xs"
          label={t('rules.field.name')}
          value={draft.name}
          error={wrong.has('name') && t('rules.wrong.name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Checkbox
          size="xs"
          label={t('rules.field.active')}
          checked={draft.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
        {checkboxes(DataMethod.options, t('rules.field.data'))}
        {checkboxes(LifecycleAction.options, t('rules.field.lifecycle'))}
        <TagsInput
          size="xs"
          label={t('rules.field.fields')}
          description={t('rules.fieldsHint')}
          data={fields}
          limit={50}
          value={draft.subscribedFields}
          error={wrong.has('subscribedFields') && t('rules.wrong.fields')}
          onChange={(subscribedFields) => set({ subscribedFields })}
        />
        <Checkbox
          size="xs"
          label={t('rules.field.chatter')}
          description={t('rules.chatterHint')}
          checked={draft.postToChatter}
          onChange={(event) => set({ postToChatter: event.currentTarget.checked })}
        />
        {failure && <FailureNotice failure={failure} />}
        <div className="rules-buttons">
          <Button size="compact-sm" type="submit">
            {t('rules.save')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            {t('rules.cancel')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setTried(true);
              setPreviewed(parsed.data);
            }}
          >
            {t('rules.preview.show')}
          </Button>
          {rule && !isRemoving && (
            <Button size="compact-sm" variant="subtle" onClick={() => setRemoving(true)}>
              {t('rules.remove')}
            </Button>
          )}
          {rule && isRemoving && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={async () => {
                if (await remove.run({ model: rule.model })) onClose();
              }}
            >
              {t('rules.removeNow')}
            </Button>
          )}
        </div>
        {previewed && <PreviewPanel rule={previewed} />}
      </form>
    </section>
  );
}

/** Fields are asked for only of a model that the log has: reading them for each letter typed would be for nothing. */
function useProposals(model: string): { readonly models: string[]; readonly fields: string[] } {
  const { workspace } = useReport();
  const models = useCall('rules.proposals', { workspace }).data?.models.map(({ value }) => value) ?? [];
  const isKnown = models.includes(model) && ModelName.safeParse(model).success;
  const ofModel = useCall('rules.proposals', { workspace, model }, { enabled: isKnown });
  return { models, fields: isKnown ? (ofModel.data?.fields.map(({ value }) => value) ?? []) : [] };
}
