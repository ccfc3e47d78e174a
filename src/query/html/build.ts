import { Builder, type Mode } from './builder.js';
import type { HtmlElement } from './dom.js';
import { words } from './open-elements.js';
import { initial } from './outer-modes.js';

/** Builds the tree of a page as jsoup 1.17.1 does: HTML 5, with its own ways of mending. */
export function buildTree(text: string): HtmlElement {
  const builder = new Builder(text, initial, foreignContent);
  for (;;) {
    const token = builder.tokens.next();
    builder.process(token);
    if (token.kind === 'eof') return builder.open.root;
  }
}

const TO_HTML = words(
  'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strike strong sub sup table tt u ul var',
);

/** Inside SVG and MathML. */
const foreignContent: Mode = (builder, token) => {
  const { open } = builder;
  switch (token.kind) {
    case 'text':
      if (token.text === '\0') return true;
      open.insertText(token.text);
      if (/[^ \t\n\f\r]/.test(token.text)) builder.framesetOk = false;
      return true;
    case 'comment':
      open.current.append({ kind: 'comment', text: token.text, parent: undefined });
      return true;
    case 'start':
      if (TO_HTML.has(token.name)) return builder.mode(builder, token);
      if (token.name === 'font' && ['color', 'face', 'size'].some((name) => token.attributes?.has(name)))
        return builder.mode(builder, token);
      builder.insertForeign(token, open.current.foreign ?? 'svg');
      return true;
    case 'end':
      return token.name === 'br' || token.name === 'p'
        ? builder.mode(builder, token)
        : closeForeign(builder, token.name);
    default:
      return true;
  }
};

function closeForeign(builder: Builder, name: string): boolean {
  const { stack } = builder.open;
  for (let i = stack.length - 1; i > 0; i--) {
    const element = stack[i];
    if (element?.name === name) {
      stack.length = i;
      return true;
    }
    if (stack[i - 1]?.foreign === undefined) return builder.mode(builder, { kind: 'end', name });
  }
  return true;
}
