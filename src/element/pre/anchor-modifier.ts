import { compilePattern, type Dialect, dialectOf, isBad, JavaError, parseUrl, urlDecode } from '../../java/index.js';
import { element, overlaid, override, type User } from '../../model/index.js';
import { tidy } from '../../query/index.js';
import type { HttpArgument, HttpProps } from '../http/http-props.js';
import { queryString } from '../http/request-url.js';
import { httpSamplerOf } from './http-sampler-of.js';
import { type PageLink, pageLinks } from './page-links.js';

const CATEGORY = 'o.a.j.p.h.m.AnchorModifier';

/**
 * HTML Link Parser: the HTTP Request's protocol, domain, path and argument names are patterns, and one of the links, forms and
 * frames of the page before that match is taken, by chance (AnchorModifier 5.6.3).
 */
export const anchorModifier = element({
  tag: 'AnchorModifier',
  gui: 'AnchorModifierGui',
  call: 'htmlLinkParser',
  props: {},

  before(_props, user) {
    const sampler = httpSamplerOf(user);
    const page = user.previous;
    const { log } = user.test;
    if (sampler === undefined || page?.http === undefined) {
      log.write('INFO', CATEGORY, "Can't apply HTML Link Parser when the previous sampler run is not an HTTP Request.");
      return;
    }
    const request = sampler.props(user);
    const text = page.text.slice(Math.max(0, page.text.indexOf('<')));
    const { document } = tidy(text, { quiet: true, showWarnings: false });
    if (document === undefined) throw new JavaError('java.lang.NullPointerException');
    const at = page.url === undefined ? undefined : parseUrl(page.url);
    const dialect = dialectOf(user.test.properties.get('jmeter.regex.engine'));
    const links = pageLinks(document, at, (error) => log.write('WARN', CATEGORY, `Bad URL ${error}`));
    const matching = links.filter((link) => isMatch(link, request, dialect));
    const link = oneOf(matching, user);
    if (link === undefined) return;
    const { domain, path, protocol } = link;
    const rows = link.post ? filledIn(request.arguments.rows, link.arguments, { user, dialect }) : link.arguments;
    override(user, sampler, { domain, path, protocol, arguments: { rows } });
  },
});

const oneOf = <T>(list: readonly T[], user: User): T | undefined => list[Math.floor(user.random() * list.length)];

/** Whether all that the request says fits the link (HtmlParsingUtils.isAnchorMatched). */
function isMatch(link: PageLink, request: HttpProps, dialect: Dialect): boolean {
  const query = urlDecode(queryString(link.arguments, 'UTF-8'));
  if (!fits(link.protocol, request.protocol || 'http', dialect)) return false;
  const { domain } = request;
  if (domain !== '' && !fits(link.domain, domain, dialect)) return false;
  const path = request.path.replaceAll(' ', '%20');
  if (link.path !== path && !compiled(`[/]*${path}`, dialect).matches(link.path)) return false;
  return request.arguments.rows.every(
    ({ name }) => query.includes(`${name}=`) || compiled(name, dialect).contains(query),
  );
}

const fits = (text: string, pattern: string, dialect: Dialect): boolean =>
  text === pattern || compiled(pattern, dialect).matches(text);

function compiled(source: string, dialect: Dialect) {
  const pattern = compilePattern(source, { dialect });
  if (isBad(pattern)) throw pattern.error;
  return pattern;
}

interface Chance {
  readonly user: User;
  readonly dialect: Dialect;
}

/** The request's arguments with names and values of the form's fields that fit; each field is used once. */
function filledIn(
  rows: readonly HttpArgument[],
  given: readonly HttpArgument[],
  { user, dialect }: Chance,
): readonly HttpArgument[] {
  let fields = given;
  const isField = (field: HttpArgument, row: HttpArgument): boolean => {
    try {
      return fits(field.name, row.name, dialect) && fits(field.value, row.value, dialect);
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      user.test.log.write('ERROR', CATEGORY, `Problem adding Argument ${error}`);
      return false;
    }
  };
  return rows.map((row) => {
    const possible = fields.filter((field) => isField(field, row));
    const field = oneOf(possible, user);
    if (field === undefined) return row;
    const { name, value } = field;
    fields = fields.filter((one) => one.name !== name || one.value !== value);
    return overlaid(row, { name, value });
  });
}
