/**
 * Values that a person chose not to be shown are left out here, so that they reach no screen, no clipboard and no file,
 * whatever the page asks for.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { WrittenValue } from '../contract/entry.ts';
import type { Finding, Statement } from '../contract/finding.ts';
import type { Mask } from '../contract/mask.ts';
import type { RecordValue } from '../contract/record.ts';
import type { Handlers } from './handlers.ts';

/** `readMask` is asked with each call. */
export function maskAnswers(handlers: Handlers, readMask: () => Mask): Handlers {
  // Equal values stay equal, so that what changed can be told; without the secret, no value is found by trying.
  const secret = randomBytes(32);
  const hide = (text: string): string =>
    createHmac('sha256', secret).update(text).digest('base64url').slice(0, 12);
  return {
    ...handlers,
    'entries.export': (input) =>
      handlers['entries.export']({ ...input, mask: input.mask || readMask().isOn }),
    'document.preview': (input) => handlers['document.preview'](maskChoice(input, readMask())),
    'document.save': (input) => handlers['document.save'](maskChoice(input, readMask())),
    'entries.detail': async (input) => {
      const detail = await handlers['entries.detail'](input);
      const mask = readMask();
      if (!mask.isOn) return detail;
      const hideWritten = (values: readonly WrittenValue[]): WrittenValue[] =>
        values.map(({ key, text }) => ({ key, text: mask.hides(key) ? hide(text) : text }));
      return {
        row: detail.row,
        oldValues: hideWritten(detail.oldValues),
        newValues: hideWritten(detail.newValues),
        extra: hideWritten(detail.extra),
        ...{ raw: '', rawBase64: '', sha256: '' },
      };
    },
    'entries.at': async (input) => {
      const found = await handlers['entries.at'](input);
      return readMask().isOn ? { ...found, raw: '' } : found;
    },
    'record.history': async (input) => {
      const history = await handlers['record.history'](input);
      const mask = readMask();
      return {
        ...history,
        entries: history.entries.map((entry) => ({
          ...entry,
          values: entry.values.map((value) => (mask.hides(value.key) ? hideRecordValue(value, hide) : value)),
        })),
      };
    },
    'thread.read': async (input) => {
      const thread = await handlers['thread.read'](input);
      const mask = readMask();
      return {
        ...thread,
        summaries: thread.summaries.map((summary) => ({
          ...summary,
          changes: summary.changes.map((change) =>
            mask.hides(change.key) ? hideSides(change, hide) : change,
          ),
        })),
      };
    },
    'report.get': async (input) => {
      const report = await handlers['report.get'](input);
      const mask = readMask();
      if (!mask.isOn) return report;
      return { ...report, findings: report.findings.map((finding) => hideEvidence(finding, mask, hide)) };
    },
  };
}

type Hide = (text: string) => string;

function maskChoice<I extends { readonly choice: { readonly mask: boolean } }>(input: I, mask: Mask): I {
  return { ...input, choice: { ...input.choice, mask: input.choice.mask || mask.isOn } };
}

function hideSides<V extends { readonly old?: string | undefined; readonly new?: string | undefined }>(
  value: V,
  hide: Hide,
): V {
  return {
    ...value,
    ...(value.old === undefined ? {} : { old: hide(value.old) }),
    ...(value.new === undefined ? {} : { new: hide(value.new) }),
  };
}

function hideRecordValue(value: RecordValue, hide: Hide): RecordValue {
  const { contradiction, ...sides } = hideSides(value, hide);
  return contradiction
    ? { ...sides, contradiction: { ...contradiction, left: hide(contradiction.left) } }
    : sides;
}

/** Evidence quotes what differs between two lines. */
function hideEvidence(finding: Finding, mask: Mask, hide: Hide): Finding {
  const hideQuoted = (statement: Statement): Statement => {
    const { key, one, other } = statement.values;
    if ((one === undefined && other === undefined) || !mask.hides(String(key))) return statement;
    return {
      ...statement,
      values: {
        ...statement.values,
        ...(one === undefined ? {} : { one: hide(String(one)) }),
        ...(other === undefined ? {} : { other: hide(String(other)) }),
      },
      // The sentence in English has the values as well; screens make theirs of the code.
      text: '',
    };
  };
  return { ...finding, evidence: finding.evidence.map(hideQuoted) };
}
