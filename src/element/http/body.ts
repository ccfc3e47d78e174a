import type { Entity } from '../../protocol/index.js';

/** A body, and what it does to the request's own headers. */
export interface Body {
  readonly entity: Entity;
  /** What the sample shows of it. */
  readonly shown: string;
  /** A Content-Type that is set as if by the Header Manager. */
  readonly header?: string | undefined;
  /** Content-Types of the Header Manager are taken away. */
  readonly dropsHeader?: boolean;
}

/** What samples show in place of a file. */
export const NOT_SHOWN = '<actual file content, not shown here>';

/** Arguments without a name, or whose name is a variable that is not there, are left out. */
export const isSkippable = (name: string): boolean =>
  name.trim() === '' || (name.trim().startsWith('${') && name.endsWith('}'));
