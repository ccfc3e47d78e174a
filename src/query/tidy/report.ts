import { MODEL } from './dict.js';
import { ADVICE, type Advice, type Message, messageText, type Terms } from './messages.js';
import type { Attribute, TidyNode } from './node.js';

/** Errors after which no message is printed any more; they are still counted. */
const SHOWN_ERRORS = 6;
const FILE = 'InputStream';
/** These are printed without a word of their weight in front. */
const PLAIN: ReadonlySet<Message> = new Set(['nestedEmphasis', 'coerceToEndTag']);

/** What a message says of its place. */
interface Position {
  readonly lines: number;
  readonly columns: number;
  /** Sets the place to where the text is being read. */
  mark(): void;
}

/** Counts what is wrong with a document and keeps the messages (org.w3c.tidy.Report). */
export class Report {
  warnings = 0;
  errors = 0;
  /** A form's tags were misplaced: from then on, what is discarded is no longer counted. */
  badForm = false;
  readonly lines: string[] = [];
  readonly #advice = new Set<Advice>();
  #usesNoframes = false;

  constructor(
    private readonly at: Position,
    private readonly showWarnings: boolean,
  ) {}

  advise(advice: Advice): void {
    this.#advice.add(advice);
  }
  usesNoframes(): void {
    this.#usesNoframes = true;
  }

  /** A warning about a node in an element. */
  warning(kind: Message, element?: TidyNode, node?: TidyNode): void {
    const misplacedForm = kind === 'discarding' && this.badForm;
    if (!misplacedForm) this.warnings++;
    if (this.errors > SHOWN_ERRORS) return;
    const terms = { ...NO_TERMS, ...nodeTerms(element, node) };
    if (misplacedForm) this.#print('Error: ', kind, terms);
    else if (this.showWarnings) this.#print(PLAIN.has(kind) ? '' : 'Warning: ', kind, terms);
  }

  /** An element is replaced by another; an obsolete one is said to be so. */
  replacement(element: TidyNode, by: TidyNode): void {
    this.warning(element.has(MODEL.OBSOLETE) ? 'obsolete' : 'replacing', element, by);
  }

  /** An error; without a kind it is only counted, as JTidy has no words for some. */
  error(kind?: Message, element?: TidyNode, node?: TidyNode): void {
    this.errors++;
    if (this.errors > SHOWN_ERRORS || kind === undefined) return;
    this.#print('Error: ', kind, { ...NO_TERMS, ...nodeTerms(element, node) });
  }

  /** Something about an attribute or the inside of a tag; a missing `>` is an error, all else a warning. */
  attribute(kind: Message, node: TidyNode | undefined, attribute?: Pick<Attribute, 'name' | 'value'>): void {
    const isError = kind === 'unexpectedGt';
    if (isError) this.errors++;
    else this.warnings++;
    if (this.errors > SHOWN_ERRORS || !(isError || this.showWarnings)) return;
    this.#print(isError ? 'Error: ' : 'Warning: ', kind, {
      ...NO_TERMS,
      element: tagText(node),
      attribute: attribute?.name ?? 'null',
      value: attribute?.value ?? 'null',
    });
  }

  /** The document ends inside of a tag. */
  endOfFile(node: TidyNode | undefined): void {
    if (this.errors <= SHOWN_ERRORS && this.showWarnings) this.at.mark();
    this.attribute('endOfFile', node);
  }

  /** Something about an entity or a character. */
  entity(kind: Message, text: string): void {
    this.warnings++;
    if (this.errors > SHOWN_ERRORS || !this.showWarnings) return;
    this.#print('Warning: ', kind, { ...NO_TERMS, text });
  }

  /** What the document said it was and what it looks like. */
  version(name: string | undefined, given: string | undefined): void {
    if (given !== undefined) this.lines.push(`${FILE}: Doctype given is "${given}"`);
    this.lines.push(`${FILE}: Document content looks like ${name ?? 'HTML proprietary'}`);
  }
  /** How much was wrong, and what that means. */
  count(): void {
    const { warnings, errors } = this;
    this.lines.push(
      warnings === 0 && errors === 0
        ? 'no warnings or errors were found'
        : `${counted(warnings, 'warning')}, ${counted(errors, 'error')} were found!`,
    );
    if (errors > 0)
      this.lines.push(
        'This document has errors that must be fixed before\nusing HTML Tidy to generate a tidied up version.',
      );
  }
  badTree(): void {
    this.lines.push('Error: Panic - tree has lost its integrity');
  }
  summary(): void {
    const given = this.#advice;
    if (this.#usesNoframes) given.delete('frames');
    if (ACCESS.some((advice) => given.has(advice))) given.add('access');
    if (this.badForm) given.add('badForm');
    for (const [advice, text] of Object.entries(ADVICE)) if (given.has(advice as Advice)) this.lines.push(text);
  }

  #print(weight: string, kind: Message, terms: Terms): void {
    const { lines, columns } = this.at;
    this.lines.push(`line ${grouped(lines)} column ${grouped(columns)} - ${weight}${messageText(kind, terms)}`);
  }
}

const ACCESS: readonly Advice[] = ['missingSummary', 'missingImageAlt', 'missingImageMap', 'missingLinkAlt', 'frames'];
const NO_TERMS: Terms = { element: '', elementName: '', node: '', nodeName: '', attribute: '', value: '', text: '' };

const nodeTerms = (element: TidyNode | undefined, node: TidyNode | undefined): Partial<Terms> => ({
  element: tagText(element),
  elementName: element === undefined ? '' : (element.element ?? 'null'),
  node: tagText(node),
  nodeName: node?.element ?? 'null',
});

function tagText(node: TidyNode | undefined): string {
  switch (node?.type) {
    case undefined:
      return '';
    case 'start':
      return `<${node?.element}>`;
    case 'end':
      return `</${node?.element}>`;
    case 'doctype':
      return '<!DOCTYPE>';
    case 'text':
      return 'plain text';
    default:
      return node?.element ?? 'null';
  }
}

const counted = (n: number, what: string): string =>
  n === 0 ? `no ${what}s` : n === 1 ? `1 ${what}` : `${grouped(n)} ${what}s`;
const grouped = (n: number): string => n.toLocaleString('en-US');
