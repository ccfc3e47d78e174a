/** Columns that a text takes in a terminal: two for East Asian wide signs and emoji, none for combining marks. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of signsOf(text)) width += signWidth(segment);
  return width;
}

/** The text in exactly `width` columns: cut with `…` when it is longer, filled with blanks when it is shorter. */
export function fitTo(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = shorten(text, width);
  const blanks = ' '.repeat(Math.max(0, width - textWidth(cut)));
  return align === 'left' ? cut + blanks : blanks + cut;
}

/** The text in at most `width` columns, its end replaced by `…` when it has to be cut. */
export function shorten(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width <= 0) return '';
  if (PLAIN.test(text)) return `${text.slice(0, width - 1)}…`;
  let kept = '';
  let used = 0;
  for (const { segment } of signsOf(text)) {
    const next = signWidth(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…`;
}

/** The text on one line without control characters, which a label from a server could use to move the cursor. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');

const PLAIN = /^[ -~]*$/;
let segmenter: Intl.Segmenter | undefined;
/** Made when a text needs it: it takes 10 ms to load, which a short run of plain labels would feel. */
function signsOf(text: string): Iterable<{ readonly segment: string }> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

function signWidth(sign: string): number {
  if (WIDE.test(sign) || /^\p{Emoji_Presentation}/u.test(sign) || sign.includes('\ufe0f')) return 2;
  return /^[\p{Mn}\p{Me}\p{Cf}]/u.test(sign) ? 0 : 1;
}
