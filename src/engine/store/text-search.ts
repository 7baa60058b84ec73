/** A text search under way: segments are looked into one after another, elsewhere, and what is certain is told early. */
import type { EntryRow } from '../../contract/entry.ts';
import type { Match } from './match-rows.ts';
import { keepRows } from './narrow-matches.ts';
import type { SegmentHead } from './segments.ts';
import { hasPattern, type TextFilter } from './text-conditions.ts';

interface Ways {
  readonly text: TextFilter;
  readonly list: (matches: readonly Match[], limit: number) => EntryRow[];
  readonly finish: (matches: readonly Match[]) => void;
}

export class TextSearch {
  readonly order: 'oldest-first' | 'newest-first';
  /** What is to be looked into, in the order that gives the first rows first. */
  readonly segments: readonly SegmentHead[];
  /** Content looked into so far, and in all. */
  bytes = 0;
  readonly bytesTotal: number;
  hits = 0;
  /** What the rows of a segment are looked for by. */
  readonly text: TextFilter;
  /** True where the time that it takes has no bound that follows from the content's size. */
  readonly isUnbounded: boolean;
  readonly #ways: Ways;
  readonly #base = new Map<number, Match>();
  readonly #found = new Map<number, Match | undefined>();

  /** `base`: what the filter selects, its text left aside. */
  constructor(base: readonly Match[], order: TextSearch['order'], ways: Ways) {
    this.order = order;
    this.text = ways.text;
    this.isUnbounded = hasPattern(ways.text);
    this.#ways = ways;
    for (const match of base) this.#base.set(match.segment.id, match);
    const segments = base.map(({ segment }) => segment);
    this.segments = order === 'oldest-first' ? segments : segments.sort((a, b) => b.maxTs - a.maxTs);
    this.bytesTotal = segments.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
  }

  get isFinished(): boolean {
    return this.#found.size === this.segments.length;
  }

  /** Takes the rows that contain the text in one of the segments, ascending. */
  add(segment: SegmentHead, rows: Uint32Array): void {
    const match = keepRows(this.#base.get(segment.id)!, rows);
    this.#found.set(segment.id, match);
    this.bytes += segment.lengthBytes;
    this.hits += match?.count ?? 0;
    if (this.isFinished) this.#ways.finish(this.#listMatches());
  }

  /** The first rows, as far as nothing that is still to be looked into can come before them. */
  listFirst(limit: number): EntryRow[] {
    const open = this.segments.find(({ id }) => !this.#found.has(id));
    const rows = this.#ways.list(this.#listMatches(), limit);
    if (!open) return rows;
    const end = rows.findIndex(({ tsMicros }) =>
      this.order === 'oldest-first' ? tsMicros >= open.minTs : tsMicros <= open.maxTs,
    );
    return end < 0 ? rows : rows.slice(0, end);
  }

  /** In the order of the segments' first times, as all questions take them. */
  #listMatches(): Match[] {
    return [...this.#base.keys()].flatMap((id) => this.#found.get(id) ?? []);
  }
}
