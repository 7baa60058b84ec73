/** The border of a column's head: dragged, or moved with the arrow keys, it sets the width. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';

const STEP = 8;

interface Props {
  readonly name: string;
  onResize(width: number): void;
}

export function ColumnEdge({ name, onResize }: Props) {
  const { t } = useTranslation();
  const edge = useRef<HTMLSpanElement>(null);
  const head = (): HTMLElement => edge.current?.parentElement ?? document.body;
  const isReversed = (): boolean => getComputedStyle(head()).direction === 'rtl';

  function drag(event: PointerEvent<HTMLSpanElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, right } = head().getBoundingClientRect();
    onResize(isReversed() ? right - event.clientX : event.clientX - left);
  }

  function press(event: KeyboardEvent): void {
    const grow = isReversed() ? 'ArrowLeft' : 'ArrowRight';
    const shrink = isReversed() ? 'ArrowRight' : 'ArrowLeft';
    const by = event.key === grow ? STEP : event.key === shrink ? -STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onResize(head().getBoundingClientRect().width + by);
  }

  return (
    <span
      ref={edge}
      className="column-edge"
      role="slider"
      tabIndex={0}
      aria-label={t('screen.columns.width', { column: name })}
      aria-valuenow={Math.round(edge.current?.parentElement?.getBoundingClientRect().width ?? 0)}
      aria-valuemin={0}
      aria-valuemax={2000}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  );
}
