import { expect, test } from 'vitest';
import {
  idleSession,
  reduceSession,
  type SessionAction,
  type SessionState,
} from '../../src/renderer/session/session-state.ts';

const workspace = { workspace: 'w', file: '/w', paths: ['/logs'], served: false };
const failure = { code: 'internal', message: '' } as const;
const progress = {
  phase: 'reading',
  files: 0,
  filesTotal: 1,
  bytes: 1,
  bytesTotal: 2,
  lines: 0,
  elapsedMs: 1,
} as const;
const asked: SessionAction = { type: 'asked', input: { paths: ['/logs'] } };
const opened: SessionAction = { type: 'opened', workspace };
const ended = (name: string, how?: typeof failure): SessionAction => ({
  type: 'checked',
  workspace: name,
  failure: how,
});

function play(...actions: SessionAction[]): SessionState {
  return actions.reduce(reduceSession, idleSession);
}

const stories: [what: string, actions: SessionAction[], status: SessionState['status']][] = [
  ['nothing', [], 'idle'],
  ['asked', [asked], 'opening'],
  ['refused', [asked, { type: 'refused', failure }], 'failed'],
  ['opened', [asked, opened], 'checking'],
  ['checked', [asked, opened, ended('w')], 'checked'],
  ['failed', [asked, opened, ended('w', failure)], 'failed'],
  ['the end is told before the reply', [asked, ended('w'), opened], 'checked'],
  ['the failure is told before the reply', [asked, ended('w', failure), opened], 'failed'],
  ['another one ends before the reply', [asked, ended('old'), opened], 'checking'],
  ['another one ends later', [asked, opened, ended('old')], 'checking'],
  ['the engine stops', [asked, opened, { type: 'stopped', failure }], 'failed'],
  ['the engine stops while nothing is open', [{ type: 'stopped', failure }], 'idle'],
  ['closed', [asked, opened, ended('w'), { type: 'closed' }], 'idle'],
  ['opened anew after a failure', [asked, opened, ended('w', failure), asked], 'opening'],
];
test.each(stories)('%s', (_what, actions, status) => {
  expect(play(...actions).status).toBe(status);
});

test('progress is that of the open workspace only', () => {
  expect(play(asked, opened, { type: 'progressed', workspace: 'w', progress }).progress).toEqual(progress);
  expect(play(asked, opened, { type: 'progressed', workspace: 'old', progress }).progress).toBeUndefined();
});

test('what was read so far stays until it is told anew', () => {
  const soFar = {
    ...{ entries: 1, malformed: 0, fromMicros: 0, bucketMicros: 1, buckets: 0, nodes: [], otherEntries: 0 },
    ...{ files: [], filesBefore: 0, filesAfter: 0 },
  };
  const tell = (told: object): SessionAction => ({
    type: 'progressed',
    workspace: 'w',
    progress: { ...progress, ...told },
  });
  const shown = play(asked, opened, tell({ soFar }), tell({ bytes: 2 })).progress;
  expect(shown).toEqual({ ...progress, bytes: 2, soFar });
  expect(play(asked, opened, tell({ soFar }), asked, opened, tell({})).progress?.soFar).toBeUndefined();
});
