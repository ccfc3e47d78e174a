import type { XmlNode } from '../xml/index.js';
import type { Test } from '../xpath/axes.js';
import { Cursor } from './cursor.js';
import { staticError } from './error.js';
import { type Item, isAtomic, isNode, isTypeName } from './item.js';
import { atomicTest, type SequenceType } from './sequence-type.js';

const XS = 'http://www.w3.org/2001/XMLSchema';
/** Node tests with parentheses. */
export const KIND_TESTS = new Set([
  'node',
  'text',
  'comment',
  'processing-instruction',
  'element',
  'attribute',
  'document-node',
  'namespace-node',
  'schema-element',
  'schema-attribute',
]);

/** Types and node tests (XPath 3.1 §2.5.4). */
export abstract class TypeParser extends Cursor {
  sequenceType(): SequenceType {
    if (this.is('empty-sequence') && this.ahead(1).text === '(') {
      this.at += 2;
      this.expect(')');
      return { times: '', shown: 'empty-sequence()' };
    }
    const { test, atomic, shown } = this.#itemType();
    const times = (['?', '*', '+'] as const).find((mark) => this.take(mark)) ?? '';
    return { test, atomic, times, shown };
  }
  castType(): SequenceType {
    const type = this.#atomicType();
    return { ...type, times: this.take('?') ? '?' : '' };
  }

  #itemType(): Omit<SequenceType, 'times'> {
    if (this.take('(')) {
      const inner = this.#itemType();
      this.expect(')');
      return inner;
    }
    const { text } = this.token;
    if (this.ahead(1).text !== '(') return this.#atomicType();
    if (text === 'item') {
      this.at += 2;
      this.expect(')');
      return { test: () => true, shown: 'item()' };
    }
    if (text === 'function' || text === 'map' || text === 'array') return this.#functionType(text);
    const test = this.kindTest();
    return { test: (item: Item) => isNode(item) && test(item), shown: `${text}()` };
  }
  #functionType(kind: 'function' | 'map' | 'array'): Omit<SequenceType, 'times'> {
    this.at += 2;
    for (let open = 1; open > 0; this.at++) {
      if (this.token.kind === 'end') this.expect(')');
      if (this.is('(')) open++;
      else if (this.is(')')) open--;
    }
    if (kind === 'function' && this.take('as')) this.sequenceType();
    return {
      test: (item) => item.kind === kind || (kind === 'function' && (item.kind === 'map' || item.kind === 'array')),
      shown: `${kind}(*)`,
    };
  }
  #atomicType(): Omit<SequenceType, 'times'> {
    const { token } = this;
    if (token.kind !== 'name')
      throw staticError(`Expected type name in SequenceType, found ${token.kind === 'end' ? '<eof>' : token.text}`);
    this.at++;
    const { uri, local } = this.nameOf(token, '');
    if (uri !== XS || (!isTypeName(local) && local !== 'numeric' && local !== 'error'))
      throw staticError(`Unknown type ${token.text.includes(':') || uri === '' ? token.text : `Q{${uri}}${local}`}`);
    return {
      atomic: local,
      test:
        local === 'numeric'
          ? (item) => isAtomic(item) && ['integer', 'decimal', 'double', 'float'].some((type) => atomicTest(type)(item))
          : atomicTest(local),
      shown: `xs:${local}`,
    };
  }

  /** `element(a)`, `text()`, … */
  kindTest(): Test {
    const kind = this.token.text;
    this.at++;
    this.expect('(');
    const name = this.is(')') ? undefined : this.#kindArgument(kind);
    this.expect(')');
    switch (kind) {
      case 'node':
        return () => true;
      case 'text':
        return (node) => node.kind === 'text' || node.kind === 'cdata';
      case 'comment':
        return (node) => node.kind === 'comment';
      case 'processing-instruction':
        return (node) => node.kind === 'instruction' && (name === undefined || node.name === name.local);
      case 'document-node':
        return (node) => node.kind === 'document';
      case 'namespace-node':
        return (node) => node.kind === 'attribute' && node.declares;
      default:
        return named(kind === 'attribute' ? 'attribute' : 'element', name);
    }
  }
  #kindArgument(kind: string): { readonly uri: string; readonly local: string } | undefined {
    if (kind === 'document-node') {
      this.kindTest();
      return undefined;
    }
    const { token } = this;
    this.at++;
    if (token.text === '*') return undefined;
    if (kind === 'processing-instruction') return { uri: '', local: token.value ?? token.text };
    const name = this.nameOf(token, '');
    if (this.take(',')) {
      this.at++;
      this.take('?');
    }
    return name;
  }
}

const named =
  (kind: 'element' | 'attribute', name: { readonly uri: string; readonly local: string } | undefined): Test =>
  (node: XmlNode) =>
    (node.kind === 'element' || node.kind === 'attribute') &&
    node.kind === kind &&
    (name === undefined || (node.local === name.local && node.uri === name.uri));
