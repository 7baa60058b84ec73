/** What a person can ask of the app, from the palette, a menu or the keyboard. */
import type { IconList } from '@tabler/icons-react';

export interface Keys {
  /** Ctrl, or Command on a Mac. */
  readonly mod?: boolean;
  readonly alt?: boolean;
  readonly shift?: boolean;
  /** As `KeyboardEvent.key`, in lower case; a digit as itself. */
  readonly key: string;
}

export const GROUPS = ['go', 'open', 'view', 'help'] as const;

export interface Command {
  readonly id: string;
  readonly group: (typeof GROUPS)[number];
  readonly label: string;
  readonly icon: typeof IconList;
  readonly keys?: Keys;
  run(): void;
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Tells whether an event is these keys. Digits go by their place: with Alt some systems write other characters. */
export function isPressed(event: Pressed, { mod = false, alt = false, shift, key }: Keys): boolean {
  const pressed = /^Digit\d$/.test(event.code) ? event.code.slice(5) : event.key.toLowerCase();
  return (
    (event.ctrlKey || event.metaKey) === mod &&
    event.altKey === alt &&
    // A sign such as ? needs Shift on one keyboard and not on another.
    (shift === undefined || event.shiftKey === shift) &&
    (/^\d$/.test(key) ? pressed : event.key.toLowerCase()) === key
  );
}

/** The caps to show, in the order they are pressed. */
export function listCaps({ mod, alt, shift, key }: Keys, isMac: boolean): string[] {
  return [
    ...(mod ? [isMac ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [isMac ? '⌥' : 'Alt'] : []),
    ...(shift ? [isMac ? '⇧' : 'Shift'] : []),
    key.length === 1 ? key.toUpperCase() : key,
  ];
}

/** Commands that have all words of the question in their label or their group's name, best first. */
export function findCommands(
  commands: readonly Command[],
  question: string,
  nameGroup: (group: Command['group']) => string,
): Command[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ label }: Command): number => {
    const [first = ''] = words;
    const at = label.toLowerCase().indexOf(first);
    return at < 0 ? 3 : at === 0 ? 0 : /\s/.test(label[at - 1] ?? '') ? 1 : 2;
  };
  return commands
    .filter((command) => {
      const text = `${command.label} ${nameGroup(command.group)}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .map((command, index) => ({ command, index }))
    .sort((a, b) => (words.length === 0 ? 0 : rank(a.command) - rank(b.command)) || a.index - b.index)
    .map(({ command }) => command);
}
