/**
 * A configuration file as Odoo reads it: Python's RawConfigParser, strict, without interpolation.
 * https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 *
 * js-ini divides lines into sections, options and comments. Of the parsers on npm it is the one that leaves a value as
 * it is: `ini` cuts it at `;` and `#`, unquotes it and turns `true` into a boolean, which changes an Authorization
 * header; `configparser` forgets the lines and loses continued ones. What Python has beside that (`:` as a delimiter,
 * continued lines, names in any case, a section's trailing text) is made plain before; lines keep their numbers.
 */
import { $Errors, parse } from 'js-ini';
import type { FileProblem } from '../contract/setting.ts';

export interface FileOption {
  readonly section: string;
  /** In lower case, as Python has it. */
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

export interface OdooConf {
  /** In the order of the file; one that is said twice is here twice. */
  readonly options: readonly FileOption[];
  readonly problems: readonly FileProblem[];
}

/** Between an option's value and its line's number, while js-ini has it. No line of a text file holds one. */
const MARK = '\0';
/** Before a section's name, so that it is no name of JavaScript's own. */
const HEAD = '= ';
/** Odoo's section; `[DEFAULT]` gives each section what it does not say itself. */
const SECTION = 'options';
const DEFAULTS = 'DEFAULT';

/** Reads the options of `[options]`. Never throws. */
export function parseOdooConf(text: string): OdooConf {
  const { lines, continued, problems } = makePlain(text);
  const found: FileOption[] = [];
  const parsed = parse(lines.join('\n'), {
    comment: [';', '#'],
    nothrow: true,
    // Told of every option, where the result has only the last of two.
    autoTyping: (marked, section, name) => {
      const [value = '', number] = marked.split(MARK);
      const line = Number(number);
      const rest = continued.get(line) ?? [];
      found.push({
        section: String(section).slice(HEAD.length),
        name: name.toLowerCase(),
        value: [value.trimEnd(), ...rest].join('\n').trimEnd(),
        line,
      });
      return value;
    },
  });
  const strange = (parsed as { [$Errors]?: { lineNumber: number }[] })[$Errors] ?? [];
  return {
    options: chooseOptions(found),
    problems: [
      ...problems,
      ...strange.map(({ lineNumber }) => ({ line: lineNumber, code: 'not-an-option' as const })),
      ...findRepeated(found),
    ].sort((a, b) => a.line - b.line),
  };
}

interface Plain {
  /** One for each line of the file. */
  readonly lines: readonly string[];
  /** What continues the option of a line. */
  readonly continued: ReadonlyMap<number, string[]>;
  readonly problems: readonly FileProblem[];
}

/** Python's own walk over the lines (`RawConfigParser._read`): who is indented more than an option continues it. */
function makePlain(text: string): Plain {
  const lines: string[] = [];
  const continued = new Map<number, string[]>();
  const problems: FileProblem[] = [];
  const sections = new Map<string, number>();
  let option: { readonly line: number; readonly indent: number } | undefined;
  let isInSection = false;
  // As Windows saves UTF-8; Python takes it for a part of the first line, which is then no section.
  if (text.startsWith('\ufeff')) problems.push({ line: 1, code: 'byte-order-mark' });
  text
    .replace(/^\ufeff/, '')
    .replaceAll(MARK, '\ufffd')
    .split(/\r\n|\n|\r/)
    .forEach((raw, index) => {
      const line = index + 1;
      const bare = raw.trim();
      const indent = raw.length - raw.trimStart().length;
      const keep = (plain: string) => lines.push(plain);
      if (bare === '' || /^[;#]/.test(bare)) {
        if (bare === '' && option) append(continued, option.line, '');
        keep('');
      } else if (option && indent > option.indent) {
        append(continued, option.line, bare);
        keep('');
      } else if (bare.startsWith('[') && bare.lastIndexOf(']') > 1) {
        const name = bare.slice(1, bare.lastIndexOf(']'));
        const firstLine = sections.get(name);
        if (firstLine !== undefined) problems.push({ line, code: 'section-twice', firstLine });
        sections.set(name, firstLine ?? line);
        isInSection = true;
        option = undefined;
        // js-ini would write the options of a section called `constructor` onto Object itself.
        keep(`[${HEAD}${name}]`);
      } else if (!isInSection) {
        problems.push({ line, code: 'outside-of-a-section' });
        keep('');
      } else {
        const [, name = '', value] = /^([^=:]*)[=:](.*)$/s.exec(bare) ?? [];
        option = name.trim() === '' ? undefined : { line, indent };
        keep(option ? `${name}=${value}${MARK}${line}` : MARK);
      }
    });
  return { lines, continued, problems };
}

function append(continued: Map<number, string[]>, line: number, text: string): void {
  const before = continued.get(line);
  if (before) before.push(text);
  else continued.set(line, [text]);
}

function chooseOptions(found: readonly FileOption[]): FileOption[] {
  const own = found.filter(({ section }) => section === SECTION);
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...found.filter(({ section, name }) => section === DEFAULTS && !names.has(name))];
}

function findRepeated(found: readonly FileOption[]): FileProblem[] {
  const first = new Map<string, number>();
  return found.flatMap(({ section, name, line }) => {
    const key = `${section}${MARK}${name}`;
    const firstLine = first.get(key);
    if (firstLine === undefined) first.set(key, line);
    return firstLine === undefined ? [] : [{ line, code: 'option-twice' as const, firstLine }];
  });
}
