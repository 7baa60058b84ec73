/** Rules as a host without any has them. */
import type { Calls } from '../../../src/contract/api.ts';

type Names = Extract<keyof Calls, `rules.${string}`>;

export function tellFakeRules(): { [N in Names]: (input: Calls[N]['input']) => Calls[N]['output'] } {
  const list = () => ({ rules: [], witnesses: ['file'] });
  return {
    'rules.list': list,
    'rules.save': ({ rule }) => ({ ...list(), rules: [rule] }),
    'rules.remove': list,
    'rules.history': () => ({ versions: [] }),
    'rules.proposals': () => ({ models: [{ value: 'res.partner', count: 12 }], fields: [] }),
    'rules.preview': () => ({ looked: 1000, ofModel: 0, recorded: 0, actions: [] }),
    'rules.export': () => ({ text: '[]\n' }),
    'rules.import': () => ({ added: [], changed: [], same: [], refused: [] }),
    'rules.difference': () => ({ models: [] }),
    'rules.coverage': () => ({ models: [], moreModels: 0 }),
  };
}
