import type { CompiledScript, CompileScript } from '../model/index.js';
import { type Problem, problems } from '../problem.js';
import { compileJavaScript } from './javascript/index.js';
import { compileRhino } from './javascript/rhino.js';
import { compileJexl2, compileJexl3 } from './jexl/index.js';

const LANGUAGES: ReadonlyMap<string, (text: string) => CompiledScript | Problem> = new Map([
  ...['javascript', 'js', 'ecmascript', 'rhino', 'nashorn'].map((name) => [name, compileJavaScript] as const),
  ['__javascript', compileRhino] as const,
  ['jexl2', compileJexl2] as const,
  ['jexl3', compileJexl3] as const,
]);

/**
 * Languages of functions alone: as a language of JSR223 JEXL 2 is another one, in which null counts as 0 and "", and there
 * JavaScript is not Rhino's.
 */
const OF_FUNCTIONS = new Set(['jexl2', '__javascript']);

/** Whether script elements of this language can run without a stand-in; names count in any case. */
export const runs = (language: string): boolean => {
  const name = language.toLowerCase();
  return LANGUAGES.has(name) && !OF_FUNCTIONS.has(name);
};

/**
 * Makes the one door to the languages. What is compiled is kept by language and text; the texts used last stay, as
 * JMeter's `jsr223.compiled_scripts_cache_size` does (there 100).
 */
export function createCompileScript({ cacheSize = 500 }: { readonly cacheSize?: number } = {}): CompileScript {
  const kept = new Map<string, CompiledScript | Problem>();
  return (language, text) => {
    const compile = LANGUAGES.get(language.toLowerCase());
    if (compile === undefined) return problems.scriptLanguage(language);
    const key = `${language.toLowerCase()} ${text}`;
    const known = kept.get(key);
    const compiled = known ?? compile(text);
    if (known !== undefined && kept.size < cacheSize) return known;
    // The oldest entry goes; what was just used becomes the newest.
    kept.delete(key);
    kept.set(key, compiled);
    if (kept.size > cacheSize) {
      const [oldest = ''] = kept.keys();
      kept.delete(oldest);
    }
    return compiled;
  };
}
