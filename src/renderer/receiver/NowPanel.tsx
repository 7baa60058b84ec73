/** How much arrives at this moment, and over the last minutes. */
import { useTranslation } from 'react-i18next';
import { Area, Bar, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ReceiverRate } from '../../contract/receiver-calls.ts';
import type { ReceiverStatus } from '../../contract/receiver-status.ts';
import { countAxis, timeAxis } from '../ui/chart-axes.ts';
import { useFormat } from '../ui/FormatProvider.tsx';

interface Props {
  readonly status: ReceiverStatus;
  readonly rates: readonly ReceiverRate[];
}

const WINDOW_MS = 300_000;

export function NowPanel({ status, rates }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = (list: readonly { readonly count: number }[]) =>
    list.reduce((all, { count }) => all + count, 0);
  const entries = status.received.reduce((all, one) => all + one.entries, 0);
  const refused = sum(status.refused);
  const lost = sum(status.lost);
  const figures = [
    { key: 'perSecond', text: format.number(Math.round(status.perSecond * 10) / 10) },
    { key: 'entries', text: format.number(entries) },
    { key: 'refused', text: format.number(refused), tone: refused > 0 ? 'incomplete' : undefined },
    { key: 'lost', text: format.number(lost), tone: lost > 0 ? 'incomplete' : undefined },
    { key: 'waiting', text: format.bytes(status.waitingBytes) },
    {
      key: 'free',
      text: status.freeBytes === undefined ? t('screen.none') : format.bytes(status.freeBytes),
      tone: status.trouble === 'full' ? 'contradicted' : undefined,
    },
  ];
  return (
    <section className="panel" aria-label={t('receiver.now.title')}>
      <dl className="receiver-figures">
        {figures.map(({ key, text, tone }) => (
          <div key={key} data-tone={tone}>
            <dt>{t(`receiver.now.${key}`)}</dt>
            <dd className={tone && 'tone'}>{text}</dd>
          </div>
        ))}
      </dl>
      <RateChart rates={rates} />
    </section>
  );
}

function RateChart({ rates }: { readonly rates: readonly ReceiverRate[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const data = rates.map(({ at, perSecond, refused }) => ({ at: Date.parse(at), perSecond, refused }));
  const most = data.reduce((max, { perSecond, refused }) => Math.max(max, perSecond, refused), 0);
  const last = data.at(-1);
  const toMs = last?.at ?? 0;
  const rounded = (value: number) => format.number(Math.round(value * 10) / 10);
  return (
    <div
      className="chart receiver-chart"
      role="img"
      dir="ltr"
      aria-label={t('receiver.now.chart', {
        now: rounded(last?.perSecond ?? 0),
        most: rounded(most),
        refused: format.number(data.reduce((all, one) => all + one.refused, 0)),
      })}
    >
      <ResponsiveContainer width="100%" height={120}>
        <ComposedChart
          data={data}
          accessibilityLayer={false}
          margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        >
          <XAxis
            {...timeAxis(toMs - WINDOW_MS, toMs)}
            tickFormatter={(ms: number) => format.clock(ms * 1000)}
            height={20}
            minTickGap={60}
          />
          <YAxis {...countAxis(most, format.compact)} width={42} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as (typeof data)[number] | undefined;
              return active && point ? (
                <div className="chart-tip">
                  <p>{format.clock(point.at * 1000)}</p>
                  <p>
                    {t('receiver.now.perSecond')}: {rounded(point.perSecond)}
                  </p>
                  {point.refused > 0 && (
                    <p>
                      {t('receiver.now.chartRefused')}: {format.number(point.refused)}
                    </p>
                  )}
                </div>
              ) : null;
            }}
          />
          <Area
            dataKey="perSecond"
            type="step"
            isAnimationActive={false}
            stroke="var(--series)"
            strokeWidth={1}
            fill="var(--series)"
            fillOpacity={0.35}
            activeDot={false}
          />
          <Bar dataKey="refused" isAnimationActive={false} fill="var(--incomplete)" barSize={3} />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
