import type { FunctionLookup, FunctionSpec } from './function.js';
import { all } from './functions/all.generated.js';

const byName: ReadonlyMap<string, FunctionSpec> = new Map(all.map((spec) => [spec.name, spec]));

/** The functions that Meterless has. */
export const builtIn: FunctionLookup = (name) => byName.get(name);

/** All functions that Meterless has, for documentation. */
export const functions: readonly FunctionSpec[] = all;

/** Whether the name is a function of JMeter 5.6.3 or of its "Custom JMeter Functions" plugins, built here or not. */
export const isJMeterFunction = (name: string): boolean => NAMES.has(name);

const JMETER = `
  __BeanShell __char __changeCase __counter __CSVRead __dateTimeConvert __digest __escapeHtml __escapeOroRegexpChars
  __escapeXml __eval __evalVar __FileToString __groovy __intSum __isPropDefined __isVarDefined __javaScript __jexl2
  __jexl3 __log __logn __longSum __machineIP __machineName __P __property __Random __RandomDate
  __RandomFromMultipleVars __RandomString __regexFunction __samplerName __setProperty __split __StringFromFile
  __StringToFile __TestPlanName __threadGroupName __threadNum __time __timeShift __unescape __unescapeHtml __urldecode
  __urlencode __UUID __V __XPath`;
const PLUGINS = `
  __base64Decode __base64Encode __caseFormat __chooseRandom __doubleSum __env __fifoGet __fifoPop __fifoPut __fifoSize
  __if __isDefined __iterationNum __lowercase __MD5 __strLen __strReplace __strReplaceRegex __substring __tstFeedback
  __uppercase`;
const NAMES: ReadonlySet<string> = new Set(`${JMETER} ${PLUGINS}`.trim().split(/\s+/));
