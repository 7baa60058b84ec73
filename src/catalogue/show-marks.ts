/**
 * Text from a log is hostile: a control character moves a terminal's cursor, a bidirectional one turns a name around,
 * a zero-width one hides a word. Every output that a person reads shows such characters as marks.
 */

// Cc: C0, DEL and C1. Cs with the u flag: only lone surrogates. Default_Ignorable_Code_Point: bidirectional controls,
// zero-width characters, soft hyphen, fillers, variation selectors and tags. The rest break lines or annotate.
const MARKED = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\uFFF9-\uFFFB]/gu;

/** Gives text in which every character that would not be seen as itself is a visible mark: `␀`, `␊`, `⟨U+202E⟩`. */
export function showMarks(text: string): string {
  return text.replace(MARKED, markOf);
}

/** Writes such characters as JSON escapes: the same JSON, fit to be looked at on a terminal. Its line feeds stay. */
export function escapeMarked(json: string): string {
  return json.replace(MARKED, (character) =>
    character === '\n'
      ? character
      : character
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}

function markOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Unicode's control pictures stand in the order of the controls themselves.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
