/** One row of the coverage: a cell leads to its entries. One stop for the keyboard; arrows go from cell to cell. */
import { type KeyboardEvent, useRef, useState } from 'react';
import { type CoverageCell, chooseShade } from './coverage-grid.ts';

interface Props {
  readonly cells: readonly CoverageCell[];
  readonly most: number;
  readonly label: string;
  tell(cell: CoverageCell): string;
  onOpen(cell: CoverageCell): void;
}

export function CoverageCells({ cells, most, label, tell, onOpen }: Props) {
  const row = useRef<HTMLFieldSetElement>(null);
  const [current, setCurrent] = useState(0);
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: current - 1,
    ArrowRight: current + 1,
    Home: 0,
    End: cells.length - 1,
  };
  function move(event: KeyboardEvent): void {
    const to = steps[event.key];
    if (to === undefined || to < 0 || to >= cells.length) return;
    event.preventDefault();
    setCurrent(to);
    (row.current?.children[to] as HTMLElement | undefined)?.focus();
  }
  return (
    <fieldset ref={row} dir="ltr" className="coverage-cells" aria-label={label} onKeyDown={move}>
      {cells.map((cell, index) => (
        <button
          key={cell.firstDay}
          type="button"
          className="coverage-cell"
          tabIndex={index === current ? 0 : -1}
          title={tell(cell)}
          aria-label={tell(cell)}
          data-shade={chooseShade(cell.entries, most)}
          data-missing={cell.missing > 0 || undefined}
          onFocus={() => setCurrent(index)}
          onClick={() => onOpen(cell)}
        />
      ))}
    </fieldset>
  );
}
