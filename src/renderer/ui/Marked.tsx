/** Text from a log, never raw: what would not be seen as itself is a mark that looks like no text. */
import { Fragment } from 'react';
import { showMarks } from '../../catalogue/show-marks.ts';

interface Piece {
  readonly text: string;
  readonly isMark: boolean;
}

/**
 * Divides text into plain stretches and marks. Told by the original character, so that a log that holds `␊` itself
 * is not taken for one that holds a newline.
 */
export function splitMarks(text: string): Piece[] {
  if (showMarks(text) === text) return text === '' ? [] : [{ text, isMark: false }];
  const pieces: { text: string; isMark: boolean }[] = [];
  for (const character of text) {
    const shown = showMarks(character);
    const isMark = shown !== character;
    const last = pieces.at(-1);
    if (last && !last.isMark && !isMark) last.text += shown;
    else pieces.push({ text: shown, isMark });
  }
  return pieces;
}

/** Shows text from a log; isolated, so that a name written from right to left moves nothing around it. */
export function Marked({ text }: { readonly text: string }) {
  return (
    <bdi>
      {splitMarks(text).map((piece, index) =>
        piece.isMark ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
          <span key={index} className="mark">
            {piece.text}
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Fragment key={index}>{piece.text}</Fragment>
        ),
      )}
    </bdi>
  );
}
