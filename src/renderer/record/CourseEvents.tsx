/** A record's entries as marks on its axis; what is more than a change of values has its action beside it. */

import { showMarks } from '../../catalogue/show-marks.ts';
import type { RecordEntry } from '../../contract/record.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import type { CourseScale } from './course.ts';

/** Words nearer than this share of the axis would lie on each other. */
const WORD_SHARE = 0.085;

interface Props {
  readonly entries: readonly RecordEntry[];
  readonly scale: CourseScale;
  onOpen(entry: RecordEntry): void;
}

export function CourseEvents({ entries, scale, onOpen }: Props) {
  const format = useFormat();
  let wordEnd = 0;
  return (
    <div className="course-lane course-events" dir="ltr" aria-hidden>
      {entries.map((entry, index) => {
        const { action, userLogin, userId, tsMicros, id } = entry.row;
        const at = scale.positions[index] ?? 0;
        const next = scale.positions[index + 1] ?? 1;
        const hasWord = action !== 'write' && at >= wordEnd && next - at >= WORD_SHARE * 0.9;
        if (hasWord) wordEnd = at + WORD_SHARE;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse alone; the history is the keyboard's way
          // biome-ignore lint/a11y/useKeyWithClickEvents: as above
          <div
            key={id}
            className="course-event"
            data-kind={action === 'write' || action === 'create' || action === 'unlink' ? action : 'other'}
            style={{ insetInlineStart: `${at * 100}%` }}
            title={[showMarks(action), showMarks(userLogin || userId), format.time(tsMicros)].join('\n')}
            onClick={() => onOpen(entry)}
          >
            <i />
            {hasWord && <Marked text={action.length > 14 ? `${action.slice(0, 14)}…` : action} />}
          </div>
        );
      })}
    </div>
  );
}
