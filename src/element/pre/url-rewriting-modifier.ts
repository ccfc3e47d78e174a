import { compilePattern, dialectOf, isBad, urlDecode } from '../../java/index.js';
import { element, override, type PropsOf, prop, type User } from '../../model/index.js';
import type { HttpArgument } from '../http/http-props.js';
import { encodedArgument, httpArgument, httpSamplerOf, type PlacedHttp } from './http-sampler-of.js';

/** Takes a session id from the page before into the path or the arguments of the HTTP Request (URLRewritingModifier 5.6.3). */
export const urlRewritingModifier = element({
  tag: 'URLRewritingModifier',
  gui: 'URLRewritingModifierGui',
  call: 'urlRewriting',
  props: {
    argument: prop.text('argument_name'),
    /** `;name=value` in the path; otherwise it is an argument. */
    inPath: prop.flag('path_extension'),
    noEquals: prop.flag('path_extension_no_equals'),
    noQuestionMark: prop.flag('path_extension_no_questionmark'),
    /** A page without a value: the last one of this user is taken again. */
    keeps: prop.flag('cache_value', true),
    encode: prop.flag('encode'),
  },

  before(props, user, self) {
    const sampler = httpSamplerOf(user);
    if (sampler === undefined || user.previous === undefined) return;
    let value = valueIn(user.previous.text, props, user);
    if (props.keeps) {
      const kept = user.state(self, () => ({ value: '' }));
      if (value === '') ({ value } = kept);
      else kept.value = value;
    }
    if (props.inPath) extendPath(sampler, value, props, user);
    else setArgument(sampler, value, props, user);
  },
});

type Props = PropsOf<typeof urlRewritingModifier>;

/** The first group that took part, in the first place where it stands; empty when there is none. */
function valueIn(text: string, props: Props, user: User): string {
  const dialect = dialectOf(user.test.properties.get('jmeter.regex.engine'));
  const name = quoteMeta(props.argument);
  const source = props.inPath ? pathPattern(name, props) : argumentPattern(name);
  const pattern = compilePattern(source, dialect === 'java' ? { dialect, flags: 'm' } : { dialect });
  if (isBad(pattern)) throw pattern.error;
  return pattern.find(text)?.groups.find((group, i) => i > 0 && group !== undefined) ?? '';
}

/** Perl5Compiler.quotemeta. */
const quoteMeta = (text: string): string => text.replace(/[^\w]/g, '\\$&');

const pathPattern = (name: string, props: Props): string =>
  `;${name}${props.noEquals ? '' : '='}([^"'<>&\\s;${props.noQuestionMark ? '?' : ''}]*)`;

/** In a link, or in a field with the name before the value or behind it. */
function argumentPattern(name: string): string {
  const named = `\\s[Nn][Aa][Mm][Ee]\\s*=\\s*["']${name}["']`;
  const valued = `\\s[vV][Aa][Ll][Uu][Ee]\\s*=\\s*["']([^"']*)["']`;
  return `[;\\?&]${name}=([^"'<>&\\s;\\\\]*)|${named}[^>]*${valued}|${valued}[^>]*${named}`;
}

/** An older `;name…` is cut off, but not a query behind it. */
function extendPath(sampler: PlacedHttp, value: string, props: Props, user: User): void {
  const request = sampler.props(user);
  let path = request.path.replaceAll(' ', '%20');
  const at = path.indexOf(`;${props.argument}`);
  if (path.includes(`;${props.argument}`)) {
    const query = path.indexOf('?');
    path = path.slice(0, at) + (query < 0 ? '' : path.slice(query));
  }
  const extended = `${path};${props.argument}${props.noEquals ? '' : '='}${value}`;
  const mark = extended.indexOf('?');
  if (mark < 0 || /^https?:\/\//.test(extended) || !/^(GET|DELETE)$/.test(request.method)) {
    override(user, sampler, { path: extended });
    return;
  }
  // A query in the path becomes arguments (HTTPSamplerBase.setPath).
  const rows = [...request.arguments.rows, ...queryArguments(extended.slice(mark + 1))];
  override(user, sampler, { path: extended.slice(0, mark), arguments: { rows } });
}

function queryArguments(query: string): readonly HttpArgument[] {
  return query.split('&').flatMap((part) => {
    const [, written = part, value = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [];
    return written === '' ? [] : [encodedArgument(written, value, part.includes('=') ? '=' : '')];
  });
}

function setArgument(sampler: PlacedHttp, value: string, props: Props, user: User): void {
  const name = props.argument;
  const rows = sampler.props(user).arguments.rows.filter((row) => row.name !== name);
  const added = props.encode
    ? httpArgument(props.argument, value, { alwaysEncode: true })
    : httpArgument(urlDecode(props.argument), urlDecode(value), { alwaysEncode: true });
  override(user, sampler, { arguments: { rows: [...rows, added] } });
}
