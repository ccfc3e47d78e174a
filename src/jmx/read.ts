import { at, type Place, type Problem, problems } from '../problem.js';
import { Properties } from './read-properties.js';
import { resolveReferences } from './references.js';
import { excerpt } from './source.js';
import { decodeName } from './spelling.js';
import { NAME_KEY, type PlanElement, propertyText } from './tree.js';
import type { XmlElement } from './xml.js';

/** The root element of every plan since JMeter 2.0. */
export const ROOT = 'jmeterTestPlan';

/** The elements below `<jmeterTestPlan>`, and all that JMeter would refuse in them. */
export function readTree(
  root: XmlElement,
  file: string,
): { readonly elements: readonly PlanElement[]; readonly found: readonly Problem[] } {
  const found: Problem[] = [];
  const tree = resolveReferences(root, file, found).children[0];
  // What stands behind the first child is never looked at (ScriptWrapperConverter reads one).
  if (!tree || !isHashTree(tree)) {
    const what = tree
      ? `<${excerpt(tree.tag)}> stands where the <hashTree> of the plan should be`
      : 'the plan has no <hashTree>';
    return { elements: [], found: [at(problems.badStructure(what), placeOf(tree ?? root, file))] };
  }
  const urlEncoded = root.attributes.get('version') === '1.0';
  return { elements: readPairs(tree, { file, found, properties: new Properties(file, urlEncoded, found) }, ''), found };
}

interface Context {
  readonly file: string;
  readonly found: Problem[];
  readonly properties: Properties;
}

/** An element, then its subtree, and so on: only the position decides; the last element may stand without a subtree. */
function readPairs(tree: XmlElement, context: Context, path: string): PlanElement[] {
  const elements: PlanElement[] = [];
  for (let i = 0; i < tree.children.length; i += 2) {
    const [xml, subtree] = [tree.children[i], tree.children[i + 1]];
    if (!xml) break;
    const misplaced = isHashTree(xml) ? xml : subtree && !isHashTree(subtree) ? subtree : undefined;
    if (misplaced) {
      const what = `<${excerpt(misplaced.tag)}> stands where ${misplaced === xml ? 'an element' : `the <hashTree> of <${excerpt(xml.tag)}>`} should be`;
      context.found.push(at(problems.badStructure(what), { ...placeOf(misplaced, context.file), path }));
      // From here on the pairs are shifted; more would be said about the same mistake.
      break;
    }
    elements.push(readElement(xml, subtree, context, path));
  }
  return elements;
}

function readElement(
  xml: XmlElement,
  subtree: XmlElement | undefined,
  context: Context,
  parentPath: string,
): PlanElement {
  const { file, found } = context;
  const attributes = new Map<string, string>();
  for (const [name, value] of xml.attributes) attributes.set(decodeName(name), value);
  const title = attributes.get('testname') ?? xml.tag;
  const place = { ...placeOf(xml, file), path: parentPath === '' ? title : `${parentPath} / ${title}` };
  const tag = attributes.get('class') ?? decodeName(xml.tag);
  const guiClass = attributes.get('guiclass');
  if (guiClass === undefined) found.push(at(problems.noGuiClass(excerpt(tag)), place));
  const properties = context.properties.ofElement(xml, attributes, place);
  const own = { properties };
  // Old plans hold these as properties, which JMeter sets after the attributes.
  const enabled = propertyText(own, 'TestElement.enabled') ?? attributes.get('enabled');
  return {
    tag,
    name: propertyText(own, NAME_KEY) ?? '',
    enabled: enabled === undefined || enabled.toLowerCase() === 'true',
    guiClass: propertyText(own, 'TestElement.gui_class') ?? guiClass ?? '',
    properties,
    children: subtree ? readPairs(subtree, context, place.path) : [],
    place,
    xml,
  };
}

const HASH_TREES: ReadonlySet<string> = new Set([
  'hashTree',
  'org.apache.jorphan.collections.ListedHashTree',
  'org.apache.jorphan.collections.HashTree',
]);
const isHashTree = (xml: XmlElement): boolean => HASH_TREES.has(xml.attributes.get('class') ?? decodeName(xml.tag));

const placeOf = ({ line, column }: XmlElement, file: string): Place => ({ file, line, column });
