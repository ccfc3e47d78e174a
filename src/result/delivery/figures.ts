import { Histogram, type HistogramPart } from '../histogram.js';
import { patternOf } from './pattern.js';
import { Rates, type RatesPart } from './rates.js';

/** The figures of a topic, or of the topics of one pattern, for one QoS of publication. */
export class DeliveryRow {
  sent = 0;
  /** Arrivals that are to be: of each message one at each session that was subscribed when it was sent. */
  expected = 0;
  /** Those of them that took place, each message counted once for each session. */
  arrived = 0;
  duplicates = 0;
  /** Arrivals behind a message that was sent later, by the same session to the same topic. */
  outOfOrder = 0;
  /** Microseconds from publication to reception. */
  readonly latency = new Histogram();

  constructor(
    readonly topic: string,
    readonly qos: number,
  ) {}

  part(): DeliveryRowPart {
    const { topic, qos, sent, expected, arrived, duplicates, outOfOrder } = this;
    return { topic, qos, sent, expected, arrived, duplicates, outOfOrder, latency: this.latency.part() };
  }

  absorb({ latency, ...counts }: DeliveryRowPart): void {
    this.#count(counts);
    this.latency.absorb(latency);
  }

  add(other: DeliveryRow): void {
    this.#count(other);
    this.latency.add(other.latency);
  }

  #count({ sent, expected, arrived, duplicates, outOfOrder }: RowCounts): void {
    this.sent += sent;
    this.expected += expected;
    this.arrived += arrived;
    this.duplicates += duplicates;
    this.outOfOrder += outOfOrder;
  }
}

type RowCounts = Pick<DeliveryRow, 'sent' | 'expected' | 'arrived' | 'duplicates' | 'outOfOrder'>;

/** A row as plain data. */
export interface DeliveryRowPart extends RowCounts, Pick<DeliveryRow, 'topic' | 'qos'> {
  readonly latency: HistogramPart;
}

/** What is counted over all topics. */
export interface DeliveryCounts {
  /** Messages with QoS 1 and 2. */
  toAcknowledge: number;
  acknowledged: number;
  /** Those that the broker answered with a reason code of failure (MQTT 5). */
  refused: number;
  /** Arrivals at sessions that were not subscribed when the message was sent, or whose subscription was not confirmed yet. */
  unasked: number;
  /** Retained messages of this run that came with a subscription. */
  retained: number;
  /** Messages of other runs with these figures. */
  otherRuns: number;
  /** Messages that nobody in a run with these figures has sent. */
  unmarked: number;
}

const NOTHING: DeliveryCounts = {
  toAcknowledge: 0,
  acknowledged: 0,
  refused: 0,
  unasked: 0,
  retained: 0,
  otherRuns: 0,
  unmarked: 0,
};
const COUNTS = Object.keys(NOTHING) as readonly (keyof DeliveryCounts)[]; // the keys of the line above

/** Topics that have rows of their own; when there are more, those of one pattern share one. */
const TOPICS = 100;
const OTHERS = '(other topics)';

/** What became of the messages of a run, or of a part of it. */
export class DeliveryFigures {
  readonly counts: DeliveryCounts = { ...NOTHING };
  readonly rates = new Rates();
  #rows = new Map<string, DeliveryRow>();

  constructor(
    /** Whether the rows are of patterns. */
    public grouped = false,
  ) {}

  get rows(): readonly DeliveryRow[] {
    return [...this.#rows.values()];
  }

  /** All rows together. */
  get total(): DeliveryRow {
    const total = new DeliveryRow('total', 0);
    for (const row of this.#rows.values()) total.add(row);
    return total;
  }

  rowOf(topic: string, qos: number): DeliveryRow {
    const name = this.grouped ? patternOf(topic) : topic;
    const key = `${qos}${name}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    if (this.#rows.size < TOPICS || name === OTHERS) return this.#add(key, name, qos);
    if (this.grouped) return this.rowOf(OTHERS, qos);
    this.#group();
    return this.rowOf(topic, qos);
  }

  #add(key: string, topic: string, qos: number): DeliveryRow {
    const row = new DeliveryRow(topic, qos);
    this.#rows.set(key, row);
    return row;
  }

  #group(): void {
    const rows = this.#rows;
    this.#rows = new Map();
    this.grouped = true;
    for (const row of rows.values()) this.rowOf(row.topic, row.qos).add(row);
  }

  part(): DeliveryFiguresPart {
    return { counts: this.counts, rates: this.rates.part(), rows: this.rows.map((row) => row.part()) };
  }

  /** Adds what a process counted. */
  absorb({ counts, rates, rows }: DeliveryFiguresPart): void {
    for (const key of COUNTS) this.counts[key] += counts[key];
    this.rates.absorb(rates);
    for (const row of rows) this.rowOf(row.topic, row.qos).absorb(row);
  }
}

/** Figures as plain data. */
export interface DeliveryFiguresPart {
  readonly counts: DeliveryCounts;
  readonly rates: RatesPart;
  readonly rows: readonly DeliveryRowPart[];
}
