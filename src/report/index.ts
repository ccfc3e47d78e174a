/** What is shown of a run: the live table, the table at the end. */
export { renderTable, type TableOptions } from './table.js';
export { LiveTable, type Progress, renderProgress, type Screen } from './terminal.js';
