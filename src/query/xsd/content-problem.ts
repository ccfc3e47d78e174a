import type { XmlElement } from '../xml/index.js';
import type { Run, State } from './content-model.js';

const isShort = ({ count, particle }: Run): boolean => count < particle.min;
const isFull = ({ count, particle }: Run): boolean => count >= particle.max && Number.isFinite(particle.max);
const more = ({ count, particle }: Run): string => {
  const missing = particle.min - count;
  return missing === 1 ? 'One more instance is' : `'${missing}' more instances are`;
};

/** What Xerces says of an element that may not come here. */
export function unexpectedElement(element: XmlElement, state: State): string {
  const expected = state.model.expected(state);
  const list = `One of '{${expected.join(', ')}}' is expected.`;
  const { run } = state;
  if (expected.length === 0)
    return run !== undefined && isFull(run)
      ? `cvc-complex-type.2.4.f: '${run.name}' can occur a maximum of '${run.particle.max}' times in the current sequence. This limit was exceeded. No child element is expected at this point.`
      : `cvc-complex-type.2.4.d: Invalid content was found starting with element '${element.name}'. No child element is expected at this point.`;
  if (run !== undefined && isShort(run))
    return `cvc-complex-type.2.4.${run.particle.min - run.count > 1 ? 'h' : 'g'}: Invalid content was found starting with element '${element.name}'. '${run.name}' is expected to occur a minimum of '${run.particle.min}' times in the current sequence. ${more(run)} required to satisfy this constraint.`;
  if (run !== undefined && isFull(run))
    return `cvc-complex-type.2.4.e: '${element.name}' can occur a maximum of '${run.particle.max}' times in the current sequence. This limit was exceeded. At this point one of '{${expected.join(', ')}}' is expected.`;
  const name = element.uri === '' ? element.local : `{"${element.uri}":${element.local}}`;
  return `cvc-complex-type.2.4.a: Invalid content was found starting with element '${name}'. ${list}`;
}

/** What Xerces says of an element that ends too early. */
export function incompleteContent(element: XmlElement, state: State): string {
  const { run } = state;
  const start = `The content of element '${element.name}' is not complete.`;
  if (run !== undefined && isShort(run))
    return `cvc-complex-type.2.4.${run.particle.min - run.count > 1 ? 'j' : 'i'}: ${start} '${run.name}' is expected to occur a minimum of '${run.particle.min}' times. ${more(run)} required to satisfy this constraint.`;
  return `cvc-complex-type.2.4.b: ${start} One of '{${state.model.expected(state).join(', ')}}' is expected.`;
}
