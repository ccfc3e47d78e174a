import type { Connection } from '../mqtt/connection.js';

/** What each connection keeps by names, for as long as there is the connection. */
export function perConnection<Kept>(): (connection: Connection) => Map<string, Kept> {
  const all = new WeakMap<Connection, Map<string, Kept>>();
  return (connection) => {
    let kept = all.get(connection);
    if (kept === undefined) {
      kept = new Map();
      all.set(connection, kept);
    }
    return kept;
  };
}
