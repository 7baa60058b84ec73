/** Figures for Prometheus, in its text format (0.0.4). */

type Kind = 'counter' | 'gauge';
interface Family {
  readonly kind: Kind;
  readonly help: string;
}

const families = {
  unbroken_entries_total: { kind: 'counter', help: 'Entries acknowledged, by sender, transport and result.' },
  unbroken_refused_total: { kind: 'counter', help: 'Requests refused, by reason.' },
  unbroken_last_entry_timestamp_seconds: { kind: 'gauge', help: 'When a sender was last heard of.' },
  unbroken_spool_waiting_bytes: { kind: 'gauge', help: 'Payloads that wait for the disk.' },
  unbroken_ready: { kind: 'gauge', help: '1 where entries are taken.' },
  unbroken_connections: { kind: 'gauge', help: 'Open HTTP connections.' },
  unbroken_syslog_connections: { kind: 'gauge', help: 'Open syslog connections, by transport.' },
  unbroken_other_lines_total: { kind: 'counter', help: 'Syslog messages that are no entries.' },
  unbroken_cut_total: { kind: 'counter', help: 'Syslog messages too long or torn, kept in part.' },
  unbroken_lost_total: {
    kind: 'counter',
    help: 'Syslog messages that came, and are not kept, by transport and reason.',
  },
  unbroken_sequence_missing: {
    kind: 'gauge',
    help: 'Messages that a sender has counted and that have not come.',
  },
  unbroken_udp_drops_known: { kind: 'gauge', help: '1 where the system tells what it threw away.' },
} as const satisfies Record<string, Family>;

export type MetricName = keyof typeof families;

export class Metrics {
  readonly #values = new Map<MetricName, Map<string, number>>();

  /** Counts. Labels are of our own making: no value of theirs needs an escape. */
  count(name: MetricName, labels = '', by = 1): void {
    const values = this.#valuesOf(name);
    values.set(labels, (values.get(labels) ?? 0) + by);
  }

  set(name: MetricName, value: number, labels = ''): void {
    this.#valuesOf(name).set(labels, value);
  }

  /** What is counted under a name, by its labels. */
  list(name: MetricName): ReadonlyMap<string, number> {
    return this.#valuesOf(name);
  }

  render(): string {
    return Object.entries(families)
      .flatMap(([name, { kind, help }]) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${kind}`,
        ...[...this.#valuesOf(name as MetricName)].map(
          ([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}`,
        ),
      ])
      .join('\n')
      .concat('\n');
  }

  #valuesOf(name: MetricName): Map<string, number> {
    let values = this.#values.get(name);
    if (!values) {
      values = new Map();
      this.#values.set(name, values);
    }
    return values;
  }
}

/** Labels of our own making: no value of theirs has an escape. */
export function readLabels(labels: string): Partial<Record<string, string>> {
  return Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
}
