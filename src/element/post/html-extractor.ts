import { isBlank, JavaError } from '../../java/index.js';
import { element, type PropsOf, prop, type Sample, type User } from '../../model/index.js';
import { type HtmlQuery, jodd, jsoup } from '../../query/index.js';
import { takeMatchCount } from './left-over.js';
import { samplesInScope, scopeProps } from './sample-scope.js';

/** CSS Selector Extractor: puts texts or attributes of a page's elements into variables. */
export const htmlExtractor = element({
  tag: 'HtmlExtractor',
  gui: 'HtmlExtractorGui',
  call: 'extract.css',
  props: {
    variable: prop.text('HtmlExtractor.refname'),
    selector: prop.text('HtmlExtractor.expr'),
    /** Blank = the text of the element. */
    attribute: prop.text('HtmlExtractor.attribute'),
    /** 0 = any, negative = all. */
    match: prop.int('HtmlExtractor.match_number'),
    fallback: prop.text('HtmlExtractor.default'),
    fallbackEmpty: prop.flag('HtmlExtractor.default_empty_value'),
    /** Empty or JSOUP, or JODD. */
    library: prop.text('HtmlExtractor.extractor_impl'),
    ...scopeProps,
  },

  after(props, user, sample, self) {
    const { variable, selector, attribute, match: number, fallback } = props;
    const { variables } = user;
    if (fallback !== '' || props.fallbackEmpty) variables.put(variable, fallback);
    let found: readonly (string | undefined)[];
    try {
      const query = (): Library => user.state(self, () => libraryOf(props.library));
      const value = isBlank(attribute) ? '' : attribute;
      const limit = number > 0 ? number : Number.POSITIVE_INFINITY;
      found = findAll({ props, query, selector, value, limit }, user, sample);
    } catch (error) {
      // What an earlier run left stays.
      if (!(error instanceof JavaError)) throw error;
      user.test.log.write('WARN', CATEGORY, `${props.name}: Error while generating result. ${error}`);
      return;
    }
    const before = takeMatchCount(user, variable, CATEGORY);
    store(variable, found, number, user);
    for (let i = (number < 0 ? found.length : 0) + 1; i <= before; i++) variables.remove(`${variable}_${i}`);
  },
});

const CATEGORY = 'o.a.j.e.HtmlExtractor';
type Props = PropsOf<typeof htmlExtractor>;

interface Library {
  readonly name: string;
  readonly query: HtmlQuery;
}
const JSOUP: Library = { name: 'jsoup', query: jsoup };
const JODD: Library = { name: 'jodd', query: jodd };

function libraryOf(name: string): Library {
  if (name === '' || name === 'JSOUP') return JSOUP;
  if (name === 'JODD') return JODD;
  throw new JavaError('java.lang.IllegalArgumentException', `Extractor implementation:${name} is unknown`);
}

interface Wanted {
  readonly props: Props;
  readonly query: () => Library;
  readonly selector: string;
  /** The attribute; empty = the text. */
  readonly value: string;
  readonly limit: number;
}

/** From one sample to the next until there are enough. */
function findAll(wanted: Wanted, user: User, sample: Sample): readonly (string | undefined)[] {
  const { props, query, selector, value, limit } = wanted;
  const find = (page: string, enough: number) => query().query.find(page, selector, value, enough);
  // The scope is read for each question that JMeter asks of it.
  if (props.scope === 'variable') {
    const { scopeVariable } = props;
    const page = user.variables.get(scopeVariable);
    if (page === undefined) {
      const what = `No variable '${scopeVariable}' found to process by CSS Selector Extractor '${props.name}', skipping processing`;
      user.test.log.write('WARN', CATEGORY, what);
    }
    return page ? find(firstPage(page, `${query().name}-1`, user, sample), limit) : [];
  }
  const found: (string | undefined)[] = [];
  samplesInScope(props.scope, sample).every(({ text }, i) => {
    const page = i === 0 ? firstPage(text, `${query().name}0`, user, sample) : text;
    found.push(...find(page, limit - found.length));
    return found.length < limit;
  });
  return found;
}

/** The pages that extractors met first while this sample was the current one. */
interface Pages {
  readonly sample: Sample;
  readonly byKey: Map<string, string>;
}
const PAGES = {};

/**
 * JMeter keeps the parsed page of a sample under one key for the first sample of any scope, and under another for any
 * variable: who comes later gets the page of who came first.
 */
function firstPage(page: string, key: string, user: User, sample: Sample): string {
  const kept = user.state<{ pages: Pages }>(PAGES, () => ({ pages: { sample, byKey: new Map() } }));
  if (kept.pages.sample !== sample) kept.pages = { sample, byKey: new Map() };
  const first = kept.pages.byKey.get(key);
  if (first === undefined) kept.pages.byKey.set(key, page);
  return first ?? page;
}

/** What is undefined is counted and not stored. */
function store(name: string, found: readonly (string | undefined)[], number: number, user: User): void {
  const { variables } = user;
  if (number < 0) {
    variables.put(`${name}_matchNr`, String(found.length));
    found.forEach((text, i) => {
      if (text !== undefined) variables.put(`${name}_${i + 1}`, text);
    });
    return;
  }
  const text = found[number === 0 ? Math.floor(user.random() * found.length) : number - 1];
  if (text !== undefined) variables.put(name, text);
}
