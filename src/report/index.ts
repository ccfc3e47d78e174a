/** What is shown of a run and of its results: the live table, the tables at the end, the load that a plan asks for. */
export { aggregateReport } from './aggregate-report.js';
export {
  type DeliveryOptions,
  deliveryJson,
  renderDelivery,
  renderDeliveryNow,
} from './delivery-report.js';
export { type ChartOptions, renderLoad } from './load-chart.js';
export type { Report } from './report-table.js';
export { summaryReport } from './summary-report.js';
export { renderTable, type TableOptions } from './table.js';
export { LiveTable, type Progress, renderProgress, type Screen } from './terminal.js';
