import { type ElementProperty, type Property, property } from '../../jmx/index.js';
import type { PlacedSampler, User } from '../../model/index.js';
import { fullClass } from '../aliases.js';
import { currentClass, currentGui } from '../names.js';

/** The properties of a sampler with what config elements filled in, each as JMeter makes it a text. */
export function* samplerProperties(
  { merged, compile, plan }: PlacedSampler,
  user: User,
): Generator<readonly [key: string, value: string]> {
  const textOf = (given: Property | undefined): string => {
    if (given === undefined) return '';
    switch (given.kind) {
      case 'collection':
        return `[${given.items.map(textOf).join(', ')}]`;
      case 'map':
        return `{${given.items.map((item) => `${item.name}=${textOf(item)}`).join(', ')}}`;
      case 'element':
        return elementText(given, textOf);
      case 'object':
        return hashed(given.className);
      default: {
        const text = compile(given);
        return typeof text === 'string' ? text : text(user);
      }
    }
  };
  for (const given of merged) yield [given.name, textOf(given)];
  // The reader keeps these apart; an element knows its classes in full, however the plan writes them.
  yield ['TestElement.enabled', 'true'];
  yield ['TestElement.gui_class', fullClass(currentGui(plan.guiClass))];
  yield ['TestElement.test_class', currentClass(plan.tag, plan.guiClass)];
}

type TextOf = (property: Property | undefined) => string;

/** Arguments, and a single one, have a text of their own; any other object is its class and an address. */
function elementText(given: ElementProperty, textOf: TextOf): string {
  const part = (key: string): string => textOf(property(given, `Argument.${key}`));
  if (given.elementType.endsWith('Argument')) {
    const description = part('desc');
    return `${part('name')}${part('metadata')}${part('value')}${description === '' ? '' : ` //${description}`}`;
  }
  const list = property(given, 'Arguments.arguments');
  if (list?.kind !== 'collection') return hashed(given.elementType);
  return list.items.flatMap((item) => (item.kind === 'element' ? [argumentInList(item, textOf)] : [])).join('&');
}

function argumentInList(given: ElementProperty, textOf: TextOf): string {
  const part = (key: string): string => textOf(property(given, `Argument.${key}`));
  return `${part('name')}${part('metadata')}${part('value')}(${part('desc')})`;
}

/** Java's text of an object: nobody can rely on the address. */
const hashed = (className: string): string => `${fullClass(className)}@1b2c3d4e`;
