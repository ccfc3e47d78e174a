/** What becomes of samples: results files as JMeter writes them, live figures, the summary's lines. */

export { AggregateFigures } from './aggregate-figures.js';
export {
  Delivery,
  DeliveryFigures,
  type DeliveryPart,
  DeliveryRow,
  hashOf,
  Numbers,
  type Publications,
  type Spending,
  type Spent,
  type SubscriptionChange,
  Windows,
} from './delivery/index.js';
export { Histogram } from './histogram.js';
export type { JtlListener, JtlSample } from './jtl-sample.js';
export { canonicalPath, makeFolder } from './open-file.js';
export { readJtl } from './read-jtl.js';
export { openResults, type ResultsFile, type ResultsOptions, type RowsView, shareRows } from './results-file.js';
export { RowFile } from './row-file.js';
export { type SaveSettings, saveSettings, saveSettingsOf, savesData } from './save-settings.js';
export { type ErrorKind, LabelStatistics, Statistics, type StatisticsPart } from './statistics.js';
export { Summaries, type SummaryMember, type SummaryPart, summariesOf } from './summaries.js';
export { Summary, type SummaryOptions, summarySettings, type UserCounts } from './summary.js';
export { SummaryFigures } from './summary-figures.js';
export { isTransaction } from './transaction-result.js';
