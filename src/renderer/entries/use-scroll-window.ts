/** The scrolled rows of a table as state: which are in view, where they stand, and how to bring one into view. */
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { type RefCallback, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { findRows, followScroll, measureExtent, placeAt, type ScrollPosition } from './scroll-window.ts';

const SPARE = 12;

export interface ScrollWindow {
  readonly ref: RefCallback<HTMLDivElement>;
  /** Height of the element inside the scrolled one. */
  readonly height: number;
  readonly first: number;
  readonly end: number;
  /** Rows that fit the view. */
  readonly pageRows: number;
  /** The first row that is in view. */
  readonly topRow: number;
  topOf(row: number): number;
  onScroll(): void;
  /** Scrolls as little as is needed; `centred` puts the row into the middle. */
  reveal(row: number, centred?: boolean): void;
  /** Scrolls by rows, and not at all in relation to them. */
  shift(rows: number): void;
}

/** `headHeight`: what a head that stays in place covers of the view. */
export function useScrollWindow(rows: number, rowHeight: number, headHeight: number): ScrollWindow {
  const element = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, height } = useElementSize<HTMLDivElement>();
  const viewHeight = Math.max(0, height - headHeight);
  const ref = useMergedRef(element, sizeRef);
  const [position, setPosition] = useState<ScrollPosition>({ scrollTop: 0, offset: 0 });
  const extent = useMemo(() => measureExtent(rows, rowHeight, viewHeight), [rows, rowHeight, viewHeight]);

  const moveTo = useCallback((next: ScrollPosition) => {
    if (element.current && element.current.scrollTop !== next.scrollTop) {
      element.current.scrollTop = next.scrollTop;
    }
    setPosition(next);
  }, []);

  // Fewer rows than before: the browser has moved to the new end, and the offset must not lie beyond it.
  useLayoutEffect(() => {
    setPosition((before) => {
      const next = placeAt(extent, before.scrollTop + before.offset);
      if (next.offset === before.offset && next.scrollTop === before.scrollTop) return before;
      if (element.current) element.current.scrollTop = next.scrollTop;
      return next;
    });
  }, [extent]);

  const [first, end] = findRows(extent, position, rows, SPARE);
  return {
    ref,
    height: extent.real,
    first,
    end,
    pageRows: Math.max(1, Math.floor(viewHeight / rowHeight) - 1),
    topRow: Math.floor((position.scrollTop + position.offset) / rowHeight),
    topOf: (row) => row * rowHeight - position.offset,
    onScroll: () => {
      const scrollTop = element.current?.scrollTop ?? 0;
      if (scrollTop !== position.scrollTop) moveTo(followScroll(extent, position, scrollTop));
    },
    shift: (by) => moveTo(placeAt(extent, position.scrollTop + position.offset + by * rowHeight)),
    reveal: (row, centred = false) => {
      const top = position.scrollTop + position.offset;
      const rowTop = row * rowHeight;
      if (centred) moveTo(placeAt(extent, rowTop - (viewHeight - rowHeight) / 2));
      else if (rowTop < top) moveTo(placeAt(extent, rowTop));
      else if (rowTop + rowHeight > top + viewHeight)
        moveTo(placeAt(extent, rowTop + rowHeight - viewHeight));
    },
  };
}
