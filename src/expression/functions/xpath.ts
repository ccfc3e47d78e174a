import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import { evaluateXPath, nodeValue, parseXml, type XmlNode, xmlText } from '../../query/index.js';
import { fn } from '../function.js';

/**
 * The next of the nodes that an XPath expression finds in a file, all users in turn; the position belongs to file and
 * expression together. '' when there is none, or the file or the expression is bad, or it gives no nodes.
 */
export const xpath = fn({
  name: '__XPath',
  min: 2,
  max: 2,
  usage: 'file, xpath',
  alone: true,
  compile([file, query]) {
    return (user) => {
      const name = file?.evaluate(user) ?? '';
      const expression = query?.evaluate(user) ?? '';
      const key = name + expression;
      const opened = user.test.state(CONTAINERS, () => new Map<string, Container>());
      let container = opened.get(key);
      if (container === undefined) {
        container = open(name, expression, user.test);
        if (container === undefined) return '';
        opened.set(key, container);
      }
      const { nodes } = container;
      if (nodes.length === 0) {
        user.test.log.write('WARN', CATEGORY, `XPathFileContainer has no nodes: ${name} ${expression}`);
        return '';
      }
      const node = nodes[container.next];
      container.next = (container.next + 1) % nodes.length;
      return node === undefined ? '' : (nodeValue(node) ?? '');
    };
  },
});

const CONTAINERS = 'files of __XPath';
const CATEGORY = 'o.a.j.f.XPathWrapper';

interface Container {
  readonly nodes: readonly XmlNode[];
  next: number;
}

/** Undefined when it cannot be read; it is then tried again at each call. */
function open(name: string, query: string, test: Test): Container | undefined {
  try {
    const text = xmlText(fs.readFileSync(path.resolve(test.workingDirectory, name)));
    const value = evaluateXPath(parseXml(text, { namespaces: false, sorted: true }), query);
    if (typeof value === 'object') return { nodes: value, next: 0 };
    test.log.write('WARN', CATEGORY, `Can not convert #${typeof value} to a NodeList!`);
  } catch (error) {
    if (!(error instanceof JavaError || (error instanceof Error && 'code' in error))) throw error;
    test.log.write('WARN', CATEGORY, String(error));
  }
  test.log.write('ERROR', CATEGORY, 'XPathFileContainer is null!');
  return undefined;
}
