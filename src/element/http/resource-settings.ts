import { compilePattern, dialectOf, isBad } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import type { PageParser } from '../../query/index.js';

/** What JMeter reads once per process. */
export interface ResourceSettings {
  readonly maxDepth: number;
  /** Whether a page with resources gets a container of its own. */
  readonly separate: boolean;
  readonly ignoreFailed: boolean;
  /** Of resources that are loaded at the same time only the MD5 is kept. */
  readonly asMd5: boolean;
  /** How pages of that content type are read; undefined = not at all. */
  parserOf(mediaType: string): PageParser | undefined;
}

const SETTINGS = {};
export const resourceSettings = (test: Test): ResourceSettings => test.state(SETTINGS, () => readSettings(test));

/** JMeter's parsers that read tags differ in what they forgive; all of them are read alike here. */
const PARSERS: Readonly<Record<string, PageParser>> = {
  LagartoBasedHtmlParser: 'tags',
  JsoupBasedHtmlParser: 'tags',
  JTidyHTMLParser: 'tags',
  RegexpHTMLParser: 'text',
  CssParser: 'styles',
};
const PACKAGE = 'org.apache.jmeter.protocol.http.parser.';

function readSettings({ properties, log }: Test): ResourceSettings {
  const parsers = new Map<string, PageParser>();
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
  for (const name of words(properties.get('HTTPResponse.parsers', ''))) {
    const className = properties.get(`${name}.className`, '');
    const parser = PARSERS[className.slice(PACKAGE.length)];
    if (parser === undefined || !className.startsWith(PACKAGE)) {
      log.write('ERROR', 'o.a.j.p.h.s.HTTPSamplerBase', `There is no parser ${className} for ${name}`);
      continue;
    }
    for (const type of words(properties.get(`${name}.types`, ''))) parsers.set(type, parser);
  }
  return {
    maxDepth: properties.int('httpsampler.max_frame_depth', 5),
    separate: properties.flag('httpsampler.separate.container', true),
    ignoreFailed: properties.flag('httpsampler.ignore_failed_embedded_resources', false),
    asMd5: properties.flag('httpsampler.embedded_resources_use_md5', false),
    parserOf: (mediaType) => parsers.get(mediaType),
  };
}

/** Whether an address matches as a whole; an empty or wrong pattern says `otherwise`. */
export function urlFilter(pattern: string, { properties, log }: Test, otherwise: boolean): (url: string) => boolean {
  if (pattern === '') return () => otherwise;
  const compiled = compilePattern(pattern, { dialect: dialectOf(properties.get('jmeter.regex.engine')) });
  if (isBad(compiled)) {
    log.write('WARN', 'o.a.j.p.h.s.HTTPSamplerBase', `Ignoring embedded URL string: ${compiled.error.message}`);
    return () => otherwise;
  }
  return (url) => compiled.matches(url);
}
