import { CHAR, END, isNameCharacter } from './characters.js';
import { entityCode } from './entities.js';
import type { Lexer } from './lexer.js';

/** Reads what follows an `&` in the buffer and puts the character in its place; what is no entity stays as it is. */
export function readEntity(lexer: Lexer, pre: boolean): void {
  const { stream, report } = lexer;
  const start = lexer.size - 1;
  const column = stream.column - 1;
  const c = readName(lexer);
  const closed = c === CHAR.SEMICOLON;
  const text = lexer.slice(start, lexer.size);
  if (text === '&apos' && !lexer.settings.xmlOut && !lexer.isXhtml && !lexer.settings.xhtml)
    report.entity('aposUndefined', text);
  const code = entityCode(text);
  const known = code > 0 && (code < 256 || closed);
  if (!known || !closed) {
    lexer.lines = stream.line;
    lexer.columns = column;
  }
  if (!known) {
    unknownEntity(lexer, start, text, code, closed);
    return;
  }
  if (!closed) report.entity('missingSemicolon', text);
  lexer.size = start;
  lexer.add(code === CHAR.NBSP && pre ? CHAR.SPACE : code);
}

/** Reads the name into the buffer; gives the character behind it, which is consumed only if it is the `;`. */
function readName(lexer: Lexer): number {
  let first = true;
  for (;;) {
    const c = lexer.stream.read();
    if (c === END || c === CHAR.SEMICOLON) return c;
    if (!isNameCharacter(c) && !(first && c === CHAR.HASH)) {
      lexer.stream.unread(c);
      return c;
    }
    first = false;
    lexer.add(c);
  }
}

function unknownEntity(lexer: Lexer, start: number, text: string, code: number, closed: boolean): void {
  const { report } = lexer;
  if (lexer.size <= start + 1) {
    report.entity('unescapedAmpersand', text);
    return;
  }
  // What stands for a character of Windows-1252 is that character.
  if (code >= 128 && code <= 159) {
    const replaced = WINDOWS_1252[code - 128] ?? 0;
    if (!closed) report.entity('missingSemicolonNumeric', text);
    report.entity(replaced === 0 ? 'discardedNumeric' : 'replacedNumeric', code.toString(16));
    if (lexer.settings.showWarnings) report.advise('badCharacters');
    lexer.size = start;
    if (replaced !== 0) lexer.add(replaced);
    return;
  }
  report.entity('unknownEntity', text);
  if (closed) lexer.add(CHAR.SEMICOLON);
}

const WINDOWS_1252 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];
