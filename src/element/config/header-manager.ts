import { type Property, property } from '../../jmx/index.js';
import {
  type CompileText,
  element,
  evaluate,
  type PlacedSampler,
  type Prop,
  prop,
  type Text,
  type User,
} from '../../model/index.js';

/** A header as the plan has it: the same for all users, and whoever asks for a text evaluates it. */
export interface PlanHeader {
  readonly name: Text;
  readonly value: Text;
}

const header = { name: prop.text('Header.name'), value: prop.text('Header.value') };

const headers: Prop<readonly PlanHeader[]> = {
  ...prop.list('HeaderManager.headers', header),
  bind(list, compile) {
    if (list?.kind !== 'collection') return [];
    return list.items.map((item) => ({
      name: textIn(item, header.name.jmx, compile),
      value: textIn(item, header.value.jmx, compile),
    }));
  },
};

function textIn(item: Property, key: string, compile: CompileText): Text {
  const found = item.kind === 'element' ? property(item, key) : undefined;
  return found && 'text' in found ? compile(found) : '';
}

/** Headers for the requests in its scope. */
export const headerManager = element({
  tag: 'HeaderManager',
  gui: 'HeaderPanel',
  call: 'http.headers',
  props: { headers },
  config: { merges: false },
});

const merged = new WeakMap<PlacedSampler, readonly PlanHeader[]>();
const NONE: readonly PlanHeader[] = [];

/**
 * The headers of all managers in scope of a sampler, the nearest manager's first: those of managers further out are added
 * when no header of that name (in any case) is there (HeaderManager.merge). They are the same object each time, unless that
 * depends on names with `${…}`.
 */
export function planHeadersOf(self: PlacedSampler, user: User): readonly PlanHeader[] {
  const managers = self.configs(headerManager);
  if (managers.length < 2) return managers[0]?.props(user).headers ?? NONE;
  const known = merged.get(self);
  if (known !== undefined) return known;
  const lists = managers.map((manager) => manager.props(user).headers);
  const all = mergeHeaders(lists, user);
  if (lists.flat().every(({ name }) => typeof name === 'string')) merged.set(self, all);
  return all;
}

function mergeHeaders([first = [], ...others]: readonly (readonly PlanHeader[])[], user: User): readonly PlanHeader[] {
  const all = [...first];
  const lower = ({ name }: PlanHeader): string => evaluate(name, user).toLowerCase();
  const names = new Set(first.map(lower));
  for (const list of others)
    for (const one of list) {
      const name = lower(one);
      if (names.has(name)) continue;
      names.add(name);
      all.push(one);
    }
  return all;
}

/** A header for one user: each text is evaluated whenever it is read. */
class UserHeader {
  constructor(
    private readonly plan: PlanHeader,
    private readonly user: User,
  ) {}
  get name(): string {
    return evaluate(this.plan.name, this.user);
  }
  get value(): string {
    return evaluate(this.plan.value, this.user);
  }
}

/** The same headers as a user has them; undefined = no manager in scope. */
export function headersOf(self: PlacedSampler, user: User): readonly UserHeader[] | undefined {
  if (self.configs(headerManager).length === 0) return undefined;
  return planHeadersOf(self, user).map((plan) => new UserHeader(plan, user));
}
