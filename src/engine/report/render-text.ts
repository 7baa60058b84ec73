/**
 * Renders a report for a terminal: the verdict first, then what stands behind it, to be taken in within seconds.
 * Long lists are cut, and say so; nothing that a log holds reaches the terminal but as text and marks.
 */
import type { Translate } from '../../catalogue/translate.ts';
import type { Report, Verdict } from '../../contract/report.ts';
import { isMasked } from './mask-report.ts';
import {
  formatNumber,
  groupFindings,
  nameSource,
  tellCompared,
  tellOutside,
  tellPeriod,
  tellStatement,
} from './tell-finding.ts';
import {
  createPaint,
  layColumns,
  type Page,
  renderHeading,
  renderLabelled,
  renderRest,
  type Style,
  wrapText,
} from './terminal-text.ts';
import { renderDeciding, renderInforming } from './text-findings.ts';

const LIMITS = { files: 12, skipped: 8 };

const verdictStyles: Readonly<Record<Verdict, Style>> = {
  intact: 'green',
  incomplete: 'yellow',
  contradicted: 'red',
  none: 'yellow',
};

/** Renders what `unbroken verify` prints: lines with LF, the last one included. */
export function renderText(
  report: Report,
  translate: Translate,
  options: { readonly colour: boolean; readonly width: number },
): string {
  const page: Page = {
    translate,
    paint: createPaint(options.colour),
    sources: report.sources,
    width: Math.max(40, Math.min(options.width, 110)),
  };
  const groups = groupFindings(report.findings);
  const sections = [
    renderVerdict(report, page),
    renderFigures(report, page),
    ...groups.filter(({ effect }) => effect !== 'informs').map((group) => renderDeciding(group, page)),
    renderInforming(
      groups.filter(({ effect }) => effect === 'informs'),
      page,
    ),
    renderFiles(report, page),
    renderSkipped(report, page),
    renderLimits(report, page),
    isMasked(report) ? wrapText(translate('report.masked'), page.width, '') : '',
    page.paint('dim', wrapText(translate('report.madeBy', tellMaking(report)), page.width, '')),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function tellMaking({ made: { tool, version, at, zone } }: Report): Record<string, string> {
  return { tool, version, at, zone };
}

function renderVerdict(report: Report, { translate, paint, width }: Page): string {
  const name = translate(`verdictName.${report.verdict}`).toUpperCase();
  const [first = '', ...rest] = wrapText(
    `${name}. ${tellStatement(report.statement, 'verdict', translate)} ${tellOutside(report, translate)}`.trimEnd(),
    width,
    '',
  ).split('\n');
  // The name is painted after wrapping: a colour has no width.
  const painted = paint('bold', paint(verdictStyles[report.verdict], name)) + first.slice(name.length);
  return [painted, ...rest].join('\n');
}

function renderFigures(report: Report, page: Page): string {
  const { translate } = page;
  const { requested, found, totals, compared } = report;
  const n = (noun: string, count: number): string => translate(`n.${noun}`, { count });
  const rows: [label: string, text: string][] = [
    [
      translate('report.requested'),
      tellPeriod(requested.from, requested.to, translate) || translate('report.everything'),
    ],
    [
      translate('report.found'),
      [
        tellPeriod(found.firstTs, found.lastTs, translate) || translate('report.noEntry'),
        n('day', found.days),
        n('node', found.nodes),
        n('file', found.files),
      ].join(', '),
    ],
  ];
  const conflicts = n('conflict', totals.conflicts);
  if (report.sources.length > 1) {
    // Copies are told one by one: added up, they would count each entry once for each copy.
    report.sources.forEach((source, i) => {
      const name = `${nameSource(source)}: `;
      rows.push([i === 0 ? translate('text.sources') : '', name + tellFigures(source, translate).join(', ')]);
    });
    rows.push([translate('text.between'), conflicts]);
  } else {
    rows.push([translate('text.totals'), [...tellFigures(totals, translate), conflicts].join(', ')]);
  }
  if (compared !== undefined) {
    rows.push([translate('text.compared'), tellCompared(compared, translate)]);
  }
  return renderLabelled(rows, '  ', page).join('\n');
}

type Figures = Omit<Report['sources'][number], 'paths'>;

function tellFigures(figures: Figures, translate: Translate): string[] {
  const n = (noun: string, count: number): string => translate(`n.${noun}`, { count });
  return [
    n('line', figures.lines),
    n('entry', figures.entries),
    ...(figures.salvaged > 0 ? [n('salvaged', figures.salvaged)] : []),
    n('stream', figures.streams),
    translate('report.missing', { count: figures.missing }),
    n('malformed', figures.malformed),
    n('duplicate', figures.duplicates),
  ];
}

function renderFiles(report: Report, page: Page): string {
  const { translate } = page;
  const rows = report.files
    .slice(0, LIMITS.files)
    .map((file) => [
      `  ${file.path}`,
      file.copyOf === undefined
        ? translate('n.entry', { count: file.entries })
        : translate('report.copyOf', { path: file.copyOf }),
      file.dialect,
      `sha256 ${file.sha256.slice(0, 16)}…`,
    ]);
  if (rows.length === 0) return '';
  return [
    `${renderHeading(translate('report.files'), page)} (${formatNumber(report.files.length, translate)})`,
    ...layColumns(rows, [1]),
    ...renderRest(report.files.length - LIMITS.files, page),
  ].join('\n');
}

function renderSkipped(report: Report, page: Page): string {
  const { translate } = page;
  if (report.skipped.length === 0) return '';
  return [
    `${renderHeading(translate('report.skipped'), page)} (${formatNumber(report.skipped.length, translate)})`,
    ...report.skipped
      .slice(0, LIMITS.skipped)
      .map(({ path, reason }) =>
        wrapText(`${path}: ${tellStatement(reason, 'skipped', translate)}`, page.width, '  '),
      ),
    ...renderRest(report.skipped.length - LIMITS.skipped, page),
  ].join('\n');
}

function renderLimits(report: Report, page: Page): string {
  return [
    renderHeading(page.translate('report.notVisible'), page),
    ...report.notVisible.map((limit) =>
      wrapText(tellStatement(limit, 'notVisible', page.translate), page.width, '  - '),
    ),
  ].join('\n');
}
