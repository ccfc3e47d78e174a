import { classSource } from './char-set.js';
import { groupsIn, hasBack, type Node, nullable } from './node.js';

/**
 * Whether JavaScript's engine would find the same as Perl's and Java's: it forgets the groups of a loop at each pass,
 * refuses empty passes, lets a reference to an unset group match, and has no possessive loops.
 */
export function sameInJavaScript(root: Node): boolean {
  return check(root, new Set());
}

/** `set` are the groups that have surely matched before this node; those of the node are added when it is sure to match. */
function check(node: Node, set: Set<number>): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.items.every((item) => check(item, set));
    case 'choice':
      return node.items.every((item) => check(item, new Set(set)));
    case 'group':
      if (!check(node.body, set)) return false;
      set.add(node.index);
      return true;
    case 'repeat':
      return checkRepeat(node, set);
    case 'look':
      return check(node.body, node.ahead && !node.negative ? set : new Set(set)) && (node.ahead || !hasBack(node.body));
    case 'back':
      return set.has(node.index);
    case 'atomic':
      return false;
    default:
      return true;
  }
}

function checkRepeat({ body, min, max, mode }: Node & { kind: 'repeat' }, set: Set<number>): boolean {
  if (mode === 'possessive' || max < min) return false;
  const inside = groupsIn(body);
  if (max > 1 && ((nullable(body) && !singlePass(body)) || (hasBack(body) && inside.length > 0))) return false;
  if (max > 1 && inside.length > 0 && !alwaysSet(body, inside)) return false;
  return check(body, min > 0 ? set : new Set(set));
}

/** An empty pass of a plain assertion changes nothing. */
const singlePass = (body: Node): boolean => body.kind === 'place';

/** Whether each pass sets all the groups in it. */
function alwaysSet(node: Node, groups: readonly number[]): boolean {
  const sure = new Set<number>();
  collect(node, sure);
  return groups.every((group) => sure.has(group));
}

function collect(node: Node, sure: Set<number>): void {
  if (node.kind === 'group') {
    sure.add(node.index);
    collect(node.body, sure);
  } else if (node.kind === 'sequence') for (const item of node.items) collect(item, sure);
  else if (node.kind === 'repeat' && node.min > 0) collect(node.body, sure);
  else if (node.kind === 'look' && !node.negative) collect(node.body, sure);
}

/** The pattern as JavaScript source; `shift` groups of others stand before it. */
export function emit(node: Node, last: number, shift = 0): string {
  switch (node.kind) {
    case 'set':
      return classSource(node.set, last);
    case 'place':
      return node.source;
    case 'sequence':
      return node.items
        .map((item) => (item.kind === 'choice' ? `(?:${emit(item, last, shift)})` : emit(item, last, shift)))
        .join('');
    case 'choice':
      return node.items.map((item) => emit(item, last, shift)).join('|');
    case 'group':
      return `(${emit(node.body, last, shift)})`;
    case 'look':
      return `(?${node.ahead ? '' : '<'}${node.negative ? '!' : '='}${emit(node.body, last, shift)})`;
    case 'back':
      return `(?:\\${node.index + shift})`;
    case 'atomic':
      return emit(node.body, last, shift);
    case 'repeat':
      return emitRepeat(node, last, shift);
  }
}

function emitRepeat({ body, min, max, mode }: Node & { kind: 'repeat' }, last: number, shift: number): string {
  const inner = emit(body, last, shift);
  // JavaScript takes no empty pass of an optional part, Perl and Java do; a choice has no such rule.
  if (min === 0 && max === 1 && nullable(body)) return mode === 'lazy' ? `(?:|${inner})` : `(?:${inner}|)`;
  const item = body.kind === 'group' || (body.kind === 'set' && inner !== '(?!)') ? inner : `(?:${inner})`;
  return item + quantifier(min, max) + (mode === 'lazy' ? '?' : '');
}

function quantifier(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}
