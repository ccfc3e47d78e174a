/** What is shown of a run: the live table, the table at the end, and the load that a plan asks for. */
export { type ChartOptions, renderLoad } from './load-chart.js';
export { renderTable, type TableOptions } from './table.js';
export { LiveTable, type Progress, renderProgress, type Screen } from './terminal.js';
