import { JavaError, type JavaUrl } from '../../java/index.js';
import { type ChildNode, relativeUrl, type XmlDocument, type XmlElement } from '../../query/index.js';
import type { HttpArgument } from '../http/http-props.js';
import { encodedArgument, httpArgument } from './http-sampler-of.js';

/** A request that a page can lead to. */
export interface PageLink {
  readonly protocol: string;
  readonly domain: string;
  readonly path: string;
  readonly arguments: HttpArgument[];
  readonly post: boolean;
}

/** Tells of an address that cannot be used; the link is left out. */
type Tell = (error: JavaError) => void;

/** Links, forms and frames of a page, in this order (AnchorModifier, HtmlParsingUtils 5.6.3). */
export function pageLinks(page: XmlDocument, at: JavaUrl | undefined, tell: Tell): readonly PageLink[] {
  const elements = [...elementsOf(page.children)];
  const base = baseOf(elements);
  const linked = (tag: string, attribute: string): PageLink[] =>
    elements.flatMap((element) => {
      const target = element.name === tag ? element.attribute(attribute) : undefined;
      if (target === undefined || (tag === 'a' && target.startsWith('javascript:'))) return [];
      const link = quietly(() => linkTo(target, relativeUrl(at, base), false), tell);
      return link === undefined ? [] : [link];
    });
  return [
    ...linked('a', 'href'),
    ...page.children.flatMap((node) => formsOf(node, at, tell)),
    ...linked('frame', 'src'),
  ];
}

function* elementsOf(nodes: readonly ChildNode[]): Generator<XmlElement> {
  for (const node of nodes) {
    if (node.kind !== 'element') continue;
    yield node;
    yield* elementsOf(node.children);
  }
}

/** JMeter expects that a base has an address. */
function baseOf(elements: readonly XmlElement[]): string {
  const base = elements.find(({ name }) => name === 'base');
  if (base === undefined) return '';
  const href = base.attribute('href');
  if (href === undefined) throw new JavaError('java.lang.NullPointerException');
  return href;
}

function quietly<T>(make: () => T, tell: Tell): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof JavaError) || error.javaClass !== 'java.net.MalformedURLException') throw error;
    tell(error);
    return undefined;
  }
}

function linkTo(target: string, context: JavaUrl | undefined, post: boolean): PageLink {
  const { protocol, host, path, query } = relativeUrl(context, target);
  return { protocol, domain: host, path: path.replaceAll(' ', '%20'), arguments: writtenArguments(query ?? ''), post };
}

/** Arguments as they are written; they are not encoded again. */
function writtenArguments(query: string): HttpArgument[] {
  return query.split('&').flatMap((part) => {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    if (name === '') return [];
    const value = equals < 0 ? '' : part.slice(equals + 1);
    return [httpArgument(name, value, { metadata: equals < 0 ? '' : '=', alwaysEncode: false })];
  });
}

/**
 * The forms in a node. Once one has begun, fields belong to the last form until the end of the page; one without a usable
 * address ends that.
 */
function formsOf(root: ChildNode, at: JavaUrl | undefined, tell: Tell): readonly PageLink[] {
  const forms: PageLink[] = [];
  let inForm = false;
  const begin = (element: XmlElement): void => {
    const action = element.attribute('action');
    const form = action === undefined ? undefined : quietly(() => linkTo(action, at, true), tell);
    inForm = form !== undefined;
    if (form !== undefined) forms.push(form);
  };
  const visit = (node: ChildNode, outerSelect: string | undefined): void => {
    if (node.kind !== 'element') return;
    const tag = node.name.toLowerCase();
    const select = inForm && tag === 'select' ? (node.attribute('name') ?? '') : outerSelect;
    if (tag === 'form') begin(node);
    else if (inForm) forms.at(-1)?.arguments.push(...fieldOf(node, tag, select));
    for (const child of node.children) visit(child, select);
  };
  visit(root, undefined);
  return forms;
}

/** The argument of a form's field; none when it is written in a way that cannot be decoded. */
function fieldOf(node: XmlElement, tag: string, select: string | undefined): readonly HttpArgument[] {
  const name = node.attribute('name') ?? '';
  const value = node.attribute('value') ?? '';
  const [first] = node.children;
  try {
    if (tag === 'input') return [encodedArgument(name, value, '=')];
    if (tag === 'option') return select === undefined ? [] : [encodedArgument(select, value, '=')];
    if (tag !== 'textarea') return [];
    if (first === undefined) return [httpArgument(name, '', { alwaysEncode: true })];
    return [encodedArgument(name, first.kind === 'element' ? '' : first.value, '=')];
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    return [];
  }
}
