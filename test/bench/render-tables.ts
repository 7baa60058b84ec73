/** Figures as a table in Markdown. */
export interface Row {
  /** Absent where no log was read. */
  readonly millions?: number;
  readonly dialect?: 'observed' | 'documented';
  readonly what: string;
  /** Times as told; empty where the row has a value alone. */
  readonly ours: string;
  readonly theirs: string;
  /** A ratio, or a figure in the unit that `what` names; met where it is at most `target`, or `atLeast` it. */
  readonly value: number;
  /** Absent where nothing is asked. */
  readonly target?: number;
  readonly atLeast?: true;
}

export function renderTables(rows: readonly Row[]): string {
  const lines = rows.map(({ millions, dialect, what, ours, theirs, value, target, atLeast }) =>
    [
      '',
      millions === undefined ? '' : `${millions} M ${dialect}`,
      what,
      ours,
      theirs,
      value.toFixed(value < 10 ? 2 : 0),
      target === undefined ? '' : atLeast ? `at least ${target}` : String(target),
      target === undefined ? '' : (atLeast ? value >= target : value <= target) ? 'yes' : '**no**',
      '',
    ]
      .join(' | ')
      .trim(),
  );
  return [
    '| log | what | Unbroken | peer | is | at most | met |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}
