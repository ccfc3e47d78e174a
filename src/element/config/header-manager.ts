import { element, type PlacedSampler, prop, type User } from '../../model/index.js';

export interface ManagedHeader {
  readonly name: string;
  readonly value: string;
}

/** Headers for the requests in its scope. */
export const headerManager = element({
  tag: 'HeaderManager',
  gui: 'HeaderPanel',
  call: 'http.headers',
  props: {
    headers: prop.list('HeaderManager.headers', {
      name: prop.text('Header.name'),
      value: prop.text('Header.value'),
    }),
  },
  config: { merges: false },
});

type Lists = readonly (readonly ManagedHeader[])[];
const merged = new WeakMap<PlacedSampler, { readonly lists: Lists; readonly headers: readonly ManagedHeader[] }>();

/**
 * The headers of all managers in scope of a sampler, the nearest manager's first: those of managers further out are added
 * when no header of that name (in any case) is there (HeaderManager.merge). undefined = no manager in scope.
 */
export function headersOf(self: PlacedSampler, user: User): readonly ManagedHeader[] | undefined {
  const managers = self.configs(headerManager);
  const [nearest] = managers;
  if (nearest === undefined) return undefined;
  if (managers.length === 1) return nearest.props(user).headers;
  const lists = managers.map((manager) => manager.props(user).headers);
  // Headers without `${…}` are the same list each time.
  const known = merged.get(self);
  if (known?.lists.every((list, i) => list === lists[i])) return known.headers;
  const headers = mergeHeaders(lists);
  merged.set(self, { lists, headers });
  return headers;
}

function mergeHeaders([first = [], ...others]: Lists): readonly ManagedHeader[] {
  const headers = [...first];
  const names = new Set(first.map(({ name }) => name.toLowerCase()));
  for (const list of others)
    for (const header of list) {
      const name = header.name.toLowerCase();
      if (names.has(name)) continue;
      names.add(name);
      headers.push(header);
    }
  return headers;
}
