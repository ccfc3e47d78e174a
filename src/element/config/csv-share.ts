/**
 * Who reads a data file together: all users, those of a group, one user alone, or those who give the same key. `dealt` is
 * ours: all users of all shards, of which each record goes to one.
 */
export interface Share {
  readonly mode: 'all' | 'group' | 'user' | 'key' | 'dealt';
  /** Of the plan's own. */
  readonly key?: string;
}

/** The sharing mode of a text: a key of JMeter's, a label of an old plan, or a key of the plan's own. */
export function shareOf(text: string): Share {
  if (text === '' || text === 'shareMode.all' || ALL.has(text)) return { mode: 'all' };
  if (text === 'shareMode.group' || GROUP.has(text)) return { mode: 'group' };
  if (text === 'shareMode.thread' || THREAD.has(text)) return { mode: 'user' };
  // To JMeter it is a key: there all users that give it read together, in the one process that there is.
  return { mode: text === 'shareMode.dealt' ? 'dealt' : 'key', key: text };
}

// Plans of JMeter before 2.5 hold the label as the GUI showed it, and JMeter translates it back in its own language. Labels
// without a blank (Chinese) are not translated: they look like a variable's name to it, and are keys like any other.
const ALL: ReadonlySet<string> = new Set([
  'All threads',
  'Todos los hilos',
  'Toutes les unités',
  '모든 쓰레드들',
  'Wszystkie wątki',
  'Todos os usuários virtuais',
]);
const GROUP: ReadonlySet<string> = new Set([
  'Current thread group',
  'Actual grupo de hilos',
  "Groupe d'unités courant",
  '현 쓰레드 그룹',
  'Bieżąca grupa wątków',
  'Grupo de usuários atual',
]);
const THREAD: ReadonlySet<string> = new Set([
  'Current thread',
  'Hilo actual',
  'Unité courante',
  '현 쓰레드',
  'Bieżący wątek',
  'Usuário virtual atual',
]);
