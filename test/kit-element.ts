/** Puts an element into a plan of its own, from the keys and values that a file would hold. */
import type { Property, ScalarProperty } from '../src/jmx/index.js';
import {
  type Awaitable,
  bindProps,
  type Element,
  type Named,
  Pending,
  type PlacedSampler,
  type Props,
  prop,
  type Sample,
  type Text,
  type User,
} from '../src/model/index.js';

/** A list is a collectionProp; an object is an elementProp; whole numbers and flags are intProp and boolProp. */
export type Given = string | number | boolean | readonly Given[] | { readonly [key: string]: Given };

export interface PlaceOptions<P extends Props> {
  readonly name?: string;
  /** By the keys of the file. */
  readonly props?: Readonly<Record<string, Given>>;
  /** Config elements in scope, nearest first. */
  readonly configs?: readonly PlacedSampler<P>[];
}

/** The element at its place; `${name}` in a text is the user's variable, nothing more. */
export function place<P extends Props>(element: Element<P>, options: PlaceOptions<Props> = {}): PlacedSampler<P> {
  const { name = 'element', props = {}, configs = [] } = options;
  const properties = Object.entries(props).map(([key, value]) => property(key, value));
  const bound = bindProps(
    { ...element.props, name: prop.text('TestElement.name') },
    [...properties, property('TestElement.name', name)],
    compile,
  );
  return {
    element,
    plan: {
      tag: element.tags[0] ?? '',
      name,
      enabled: true,
      guiClass: element.gui[0] ?? '',
      properties,
      children: [],
      place: {},
    },
    path: name,
    // The name is declared beside the element's own properties, as the engine does.
    props: (user) => bound(user) as unknown as Named<P>,
    inScope: configs,
    branches: [],
    dataIsRead: true,
    merged: properties,
    compile,
    configs: (of) => configs.filter((config) => (config.element as unknown) === of) as never,
  };
}

/** An element of a plan that is only looked at, for `check`. */
export const planElement = <P extends Props>(element: Element<P>, props: Readonly<Record<string, Given>>) =>
  place(element, { props }).plan;

export function property(name: string, value: Given): Property {
  const place = {};
  if (typeof value === 'string') return { kind: 'string', name, place, text: value };
  if (typeof value === 'number') return { kind: 'int', name, place, text: String(value) };
  if (typeof value === 'boolean') return { kind: 'bool', name, place, text: String(value) };
  if (isList(value)) return { kind: 'collection', name, place, items: value.map((item) => property('', item)) };
  const properties = Object.entries(value).map(([key, inner]) => property(key, inner));
  return { kind: 'element', name, place, elementType: '', attributes: new Map(), properties };
}

const isList = (value: Given): value is readonly Given[] => Array.isArray(value);

function compile({ text }: ScalarProperty): Text {
  if (!text.includes('${')) return text;
  return ({ variables }) => text.replace(/\$\{([^}]*)\}/g, (whole, key: string) => variables.get(key) ?? whole);
}

/** Takes the sample of a sampler for a user, however it comes. */
export function takeSample<P extends Props>(
  self: PlacedSampler<P>,
  user: User,
  props = self.props(user),
): Awaitable<Sample | undefined> {
  const taken = self.element.sample?.(props, user, self);
  return taken instanceof Pending ? new Promise((fulfilled) => taken.tell({ fulfilled })) : taken;
}
