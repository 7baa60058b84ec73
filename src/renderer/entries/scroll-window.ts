/**
 * Scrolling over more rows than a browser can lay out: an element is at most some tens of millions of pixels high,
 * and ten million rows are more. The scrolled element gets a height that is allowed, and is divided into pages that
 * overlap in it. A small step scrolls pixel by pixel; a long one (the scrollbar is dragged) chooses a page. It is the
 * method of SlickGrid (6pac/SlickGrid, `handleScroll` and `scrollTo`). Positions are pixels.
 */

/** What all browsers allow, with room to spare. */
const MAX_HEIGHT = 8_000_000;
const PAGES = 100;

export interface ScrollExtent {
  readonly rowHeight: number;
  readonly viewHeight: number;
  /** Height of all rows. */
  readonly whole: number;
  /** Height of the scrolled element. */
  readonly real: number;
  readonly pageHeight: number;
  readonly pages: number;
  /** How far the offset grows from one page to the next. */
  readonly jump: number;
}

export interface ScrollPosition {
  /** What the browser has as `scrollTop`. */
  readonly scrollTop: number;
  /** What to add to it for the place among all rows. */
  readonly offset: number;
}

export function measureExtent(rows: number, rowHeight: number, viewHeight: number): ScrollExtent {
  const whole = rows * rowHeight;
  if (whole <= MAX_HEIGHT) {
    return { rowHeight, viewHeight, whole, real: whole, pageHeight: Math.max(1, whole), pages: 1, jump: 0 };
  }
  const pageHeight = MAX_HEIGHT / PAGES;
  const pages = Math.floor(whole / pageHeight);
  return {
    rowHeight,
    viewHeight,
    whole,
    real: MAX_HEIGHT,
    pageHeight,
    pages,
    jump: (whole - MAX_HEIGHT) / (pages - 1),
  };
}

/** Where the rows stand after the browser has scrolled; its `scrollTop` must be set to the one returned. */
export function followScroll(
  extent: ScrollExtent,
  before: ScrollPosition,
  scrollTop: number,
): ScrollPosition {
  if (extent.pages === 1) return { scrollTop, offset: 0 };
  if (Math.abs(scrollTop - before.scrollTop) < extent.viewHeight) {
    return placeAt(extent, scrollTop + before.offset);
  }
  const share = (extent.whole - extent.viewHeight) / (extent.real - extent.viewHeight);
  const page = Math.min(extent.pages - 1, Math.floor((scrollTop * share) / extent.pageHeight));
  return { scrollTop, offset: Math.round(page * extent.jump) };
}

/** Where to scroll so that a place among all rows is at the top of the view. */
export function placeAt(extent: ScrollExtent, top: number): ScrollPosition {
  const bounded = Math.max(0, Math.min(top, extent.whole - extent.viewHeight));
  const page = Math.min(extent.pages - 1, Math.floor(bounded / extent.pageHeight));
  const offset = Math.round(page * extent.jump);
  return { scrollTop: bounded - offset, offset };
}

/** First and last row (exclusive) that are in view, with `spare` more on both sides. */
export function findRows(
  extent: ScrollExtent,
  { scrollTop, offset }: ScrollPosition,
  rows: number,
  spare: number,
): readonly [first: number, end: number] {
  const top = scrollTop + offset;
  const first = Math.max(0, Math.floor(top / extent.rowHeight) - spare);
  const end = Math.min(rows, Math.ceil((top + extent.viewHeight) / extent.rowHeight) + spare);
  return [Math.min(first, end), end];
}
