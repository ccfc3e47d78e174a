import { NAME_KEY, type PlanElement, type Property } from '../jmx/index.js';
import { fullClass, isElementClass, shortName } from './aliases.js';

/** Classes that were renamed or moved (upgrade.properties of 5.6.3), as aliases where there is one; `~` = org.apache.jmeter. */
const RENAMED_CLASSES: Readonly<Record<string, string>> = {
  '~.assertions.Assertion': 'ResponseAssertion',
  '~.protocol.http.sampler.HTTPSamplerFull': 'HTTPSampler_',
  '~.protocol.http.config.gui.UrlConfigGui': 'HttpDefaultsGui',
  '~.control.gui.RecordController': 'RecordController',
  '~.timers.gui.ConstantThroughputTimerGui': 'TestBeanGUI',
  '~.protocol.jdbc.control.gui.JdbcTestSampleGui': 'TestBeanGUI',
  '~.protocol.jdbc.config.gui.DbConfigGui': 'TestBeanGUI',
  '~.protocol.jdbc.config.gui.PoolConfigGui': 'TestBeanGUI',
  '~.protocol.http.control.gui.AccessLogSamplerGui': 'TestBeanGUI',
  BSFSamplerGui: 'TestBeanGUI',
  JMSConfigGui: 'JMSSamplerGui',
  // Elements that JMeter no longer has: they load, and do nothing.
  UserParameterModifier: 'ConfigTestElement',
  WebServiceSampler: 'ConfigTestElement',
  SoapSampler: 'ConfigTestElement',
  HTTPSampler2_: 'ConfigTestElement',
  ParamModifier: 'ConfigTestElement',
  ParamMask: 'ConfigTestElement',
  monitorStats: 'ConfigTestElement',
  ReflectionThreadGroup: 'ObsoleteGui',
  SqlConfigGui: 'ObsoleteGui',
  JndiDefaultsGui: 'ObsoleteGui',
  UserParameterModifierGui: 'ObsoleteGui',
  GraphAccumVisualizer: 'ObsoleteGui',
  WebServiceSamplerGui: 'ObsoleteGui',
  SoapSamplerGui: 'ObsoleteGui',
  ParamModifierGui: 'ObsoleteGui',
  SplineVisualizer: 'ObsoleteGui',
  DistributionGraphVisualizer: 'ObsoleteGui',
  MonitorHealthVisualizer: 'ObsoleteGui',
};

/** GUI classes, not renamed yet, that make a ConfigTestElement a JDBC connection. */
const DATA_SOURCE_GUIS: ReadonlySet<string> = new Set(
  ['~.protocol.jdbc.config.gui.DbConfigGui', '~.protocol.jdbc.config.gui.PoolConfigGui'].map(inFull),
);

/** Properties that were renamed, by the element's class after its own renaming; '' = dropped. */
const RENAMED_PROPERTIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ConstantThroughputTimer: { 'ConstantThroughputTimer.throughput': 'throughput' },
  JDBCSampler: { 'JDBCSampler.query': 'query' },
  ConfigTestElement: { 'JDBCSampler.query': 'query' },
  JDBCDataSource: {
    'JDBCSampler.url': 'dbUrl',
    'JDBCSampler.driver': 'driver',
    'JDBCSampler.query': 'query',
    'ConfigTestElement.username': 'username',
    'ConfigTestElement.password': 'password',
    'JDBCSampler.connections': '',
    'JDBCSampler.connPoolClass': '',
    'JDBCSampler.maxuse': 'poolMax',
  },
  AccessLogSampler: {
    'AccessLogSampler.log_file': 'logFile',
    'HTTPSampler.port': 'portString',
    'HTTPSampler.domain': 'domain',
    'AccessLogSampler.parser_class_name': 'parserClassName',
    'HTTPSampler.image_parser': 'imageParsing',
  },
  BSFSampler: {
    'BSFSampler.filename': 'filename',
    'BSFSampler.language': 'scriptLanguage',
    'BSFSampler.parameters': 'parameters',
    'BSFSampler.query': 'script',
  },
};

const classRenames = new Map(Object.entries(RENAMED_CLASSES).map(([old, now]) => [inFull(old), fullClass(now)]));

const propertyRenames = new Map(
  Object.entries(RENAMED_PROPERTIES).map(([name, names]) => [fullClass(name), new Map(Object.entries(names))]),
);
const NO_NAMES: Names = new Map();

const HEADER = fullClass('Header');

/** The class of an element in 5.6.3: alias resolved, then the renames by class, then by class and GUI (NameUpdater). */
export function currentClass(tag: string, guiClass: string): string {
  const named = renamedClass(tag);
  const data = named === fullClass('ConfigTestElement') && DATA_SOURCE_GUIS.has(fullClass(guiClass));
  return data ? fullClass('JDBCDataSource') : named;
}

/** The short name of a GUI class in 5.6.3, however a file writes it. */
export const currentGui = (guiClass: string): string => shortName(renamedClass(guiClass));

/** Whether JMeter 5.6.3 itself has an element of that tag. */
export const isKnownTag = (tag: string): boolean => isElementClass(renamedClass(tag));

/**
 * The element with old property names replaced. Only scalar properties are, and by the class of the element of the tree
 * even inside its nested elements, as in JMeter's property converters.
 */
export function renameProperties(plan: PlanElement): PlanElement {
  const names = propertyRenames.get(currentClass(plan.tag, plan.guiClass)) ?? NO_NAMES;
  const properties = renamedAll(plan.properties, names);
  return properties === plan.properties ? plan : { ...plan, properties };
}

type Names = ReadonlyMap<string, string>;

/** The same list when nothing is renamed in it. */
function renamedAll(properties: readonly Property[], names: Names): readonly Property[] {
  let changed = false;
  const result: Property[] = [];
  for (const property of properties) {
    const renamed = renamedProperty(property, names);
    if (renamed !== property) changed = true;
    if (renamed) result.push(renamed);
  }
  return changed ? result : properties;
}

function renamedProperty(property: Property, names: Names): Property | undefined {
  switch (property.kind) {
    case 'collection':
    case 'map': {
      const items = renamedAll(property.items, names);
      return items === property.items ? property : { ...property, items };
    }
    case 'element': {
      const inner = renamedAll(property.properties, names);
      const properties = property.elementType === HEADER ? headerNames(inner) : inner;
      return properties === property.properties ? property : { ...property, properties };
    }
    case 'double':
    case 'float':
    case 'object':
      return property;
    default: {
      const name = names.get(property.name);
      return name === undefined ? property : name === '' ? undefined : { ...property, name };
    }
  }
}

/** In old plans, which write the class in full, a header has its name in TestElement.name; the attribute is not meant. */
function headerNames(properties: readonly Property[]): readonly Property[] {
  const old = (property: Property) => property.name === NAME_KEY && property.xml !== undefined;
  return properties.some(old)
    ? properties.map((property) => (old(property) ? { ...property, name: 'Header.name' } : property))
    : properties;
}

function renamedClass(name: string): string {
  const className = fullClass(name);
  return classRenames.get(className) ?? className;
}

function inFull(name: string): string {
  return name.startsWith('~') ? name.replace('~', 'org.apache.jmeter') : fullClass(name);
}
