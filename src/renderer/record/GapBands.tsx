/** Gaps that could have touched a record, as bands over its course; a click leads to the gap. */
import { useTranslation } from 'react-i18next';
import type { PossibleGap } from '../../contract/possible-gap.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import type { CourseScale } from './course.ts';

/** Beyond this many the picture would be nothing but bands. */
const MAX_BANDS = 40;

interface Props {
  readonly gaps: readonly PossibleGap[];
  readonly scale: CourseScale;
}

export function GapBands({ gaps, scale }: Props) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const bands = gaps
    .map((gap) => ({ ...gap, from: scale.place(gap.fromMicros), to: scale.place(gap.toMicros) }))
    .filter(({ from, to }) => to > 0 && from < 1)
    .slice(0, MAX_BANDS);
  return (
    <div className="course-gaps" dir="ltr" aria-hidden>
      {bands.map(({ finding, from, to, missing, atLeast }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse alone; the list of gaps is the keyboard's way
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <div
          key={finding}
          className="course-gap"
          style={{ insetInlineStart: `${from * 100}%`, inlineSize: `${(to - from) * 100}%` }}
          title={t(atLeast ? 'report.atLeastMissing' : 'report.missing', { count: missing })}
          onClick={() => go({ screen: 'findings', finding })}
        >
          <span className="course-gap-hatch" />
          <span className="course-gap-head" />
        </div>
      ))}
    </div>
  );
}
