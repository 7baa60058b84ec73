/** Rules and the history of each, in one file of the person's data directory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RuleVersion } from '../../contract/own-rules.ts';
import { Rule } from '../../contract/rule.ts';
import { createFailure } from '../../engine/base/failure.ts';
import { keepJson } from '../../engine/base/keep-json.ts';

const Kept = z.strictObject({ rules: z.array(Rule), history: z.array(RuleVersion) });
type Kept = z.infer<typeof Kept>;

export interface RuleKeeper {
  /** Failure of all: `rules-unreadable` where the file is there and is not as it was written. */
  list(): Rule[];
  history(): RuleVersion[];
  keep(version: RuleVersion): void;
}

export function keepRules(directory: string): RuleKeeper {
  const file = join(directory, 'rules.json');
  return {
    list: () => read(file).rules,
    history: () => read(file).history,
    keep: (version) => {
      const { rules, history } = read(file);
      const others = rules.filter(({ model }) => model !== version.model);
      keepJson(file, {
        rules: version.after ? [...others, version.after].sort(byModel) : others,
        history: [...history, version],
      });
    },
  };
}

/** What cannot be read is not written over: it says what is audited. */
function read(file: string): Kept {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { rules: [], history: [] };
    throw createFailure('rules-unreadable', 'the kept rules cannot be read', { subject: file, cause: error });
  }
}

function byModel(a: Rule, b: Rule): number {
  return a.model < b.model ? -1 : 1;
}
