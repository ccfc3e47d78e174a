import { JavaError } from '../../java/index.js';
import { type PlanElement, propertyText } from '../../jmx/index.js';
import {
  type Awaitable,
  type Bindings,
  type CheckContext,
  type CompiledScript,
  type Named,
  type Placed,
  prop,
  type User,
} from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { logger, runs, scriptProblems } from '../../script/index.js';
import { attempt, thrownText } from './attempt.js';
import { absolute, fileBeforeRun, frozen, rawScript, scriptFile, scriptPath, splitArguments } from './script-text.js';

/** The properties of all JSR223 elements. */
export const jsr223Props = {
  language: prop.text('scriptLanguage'),
  parameters: prop.text('parameters'),
  filename: prop.text('filename'),
  /** Anything but `false` keeps what was compiled first. */
  cacheKey: prop.text('cacheKey', 'true'),
  script: prop.text('script'),
};
export type Jsr223Props = Named<typeof jsr223Props>;

/**
 * The properties of one use. A TestBean's are all evaluated once right before each use, also those that this use does
 * not look at.
 */
export function prepared(props: Jsr223Props): Jsr223Props {
  const { name, cacheKey, filename, parameters, script, language } = props;
  return { name, cacheKey, filename, parameters, script, language: language === '' ? 'groovy' : language };
}

/**
 * What all JSR223 elements do at the start of a test: JMeter prepares them once then, so functions in their properties
 * are one call ahead.
 */
export const preparedAtStart = (props: Jsr223Props): void => void prepared(props);

/** An element's class: `o.a.j.p.j.s` and `JSR223Sampler`. */
export interface Jsr223Class {
  readonly category: string;
}

/** Runs the script of a use; throws javax.script.ScriptException as JMeter words it. */
export function evaluate(
  use: Jsr223Props,
  user: User,
  self: Placed,
  extra: Bindings,
  { category }: Jsr223Class,
): unknown {
  const script = scriptOf(use, user, self);
  return script.run(user, {
    log: logger(user, `${category.replace(/(\w)\w*$/, '$1')}.${use.name}`),
    Label: use.name,
    FileName: use.filename,
    Parameters: use.parameters,
    args: splitArguments(use.parameters),
    ...extra,
  });
}

function scriptOf(use: Jsr223Props, user: User, self: Placed): CompiledScript {
  const { standIns, compileScript } = user.test;
  const fromFile = use.filename !== '';
  const text = fromFile ? scriptFile(use.filename, user) : use.script;
  const raw = fromFile ? (text ?? '') : rawScript(self.plan);
  const standIn = standIns.find({ path: scriptPath(self.plan, self.path), name: use.name, text: raw });
  if (standIn !== undefined) return compiled(standIn);
  if (!isEngine(use.language) && !runsHere(use.language))
    throw scriptException(
      `Cannot find engine named: '${use.language}', ensure you set language field in JSR223 Test Element: ${use.name}`,
    );
  if (text === undefined)
    throw scriptException(`Script file '${absolute(use.filename, user)}' is not a file for element: ${use.name}`);
  if (text === '' && !fromFile)
    throw scriptException(`Both script file and script text are empty for element:${use.name}`);
  const kept = fromFile || use.cacheKey === 'false' ? text : frozen(text, user, self);
  return compiled(compileScript(use.language, kept));
}

function compiled(script: CompiledScript | Problem): CompiledScript {
  if ('run' in script) return script;
  throw scriptException(script.text);
}

const scriptException = (message: string): JavaError => new JavaError('javax.script.ScriptException', message);

/** What JMeter's row says of a script that failed: the engine's own exception stands inside a ScriptException. */
export function failureText(error: unknown): string {
  const text = thrownText(error);
  return text.startsWith('javax.script.') ? text : `javax.script.ScriptException: ${text}`;
}

/** Pre- and post-processors and listeners: a failure is only logged. */
export function runQuietly(
  props: Jsr223Props,
  user: User,
  self: Placed,
  extra: Bindings,
  of: Jsr223Class,
): Awaitable<void> {
  const use = prepared(props);
  return attempt(
    () => evaluate(use, user, self, extra, of),
    () => undefined,
    (error) =>
      user.test.log.write('ERROR', of.category, `Problem in JSR223 script, ${use.name}\n${failureText(error)}`),
  );
}

/** The names that JMeter 5.6.3 on Java 17 knows, case as it stands; JEXL is JEXL 2 there. */
const ENGINES = new Set('beanshell bsh java groovy Groovy JEXL Jexl jexl JEXL2 Jexl2 jexl2 python jython'.split(' '));
const isEngine = (language: string): boolean => ENGINES.has(language);
/** JavaScript left Java with version 15, so JMeter on Java 17 fails these elements; plans written before then run here. */
const runsHere = (language: string): boolean => language !== 'jexl3' && language !== 'JEXL3' && runs(language);

/** What can be told before the run. Elements that JMeter itself fails each time get a warning. */
export function checkJsr223(plan: PlanElement, context: CheckContext): readonly Problem[] {
  const language = propertyText(plan, 'scriptLanguage') || 'groovy';
  const filename = propertyText(plan, 'filename') ?? '';
  const raw = rawScript(plan);
  if (language.includes('${') || (filename === '' && raw === '')) return [];
  const text = filename === '' ? raw : fileBeforeRun(filename);
  const standIn = context.standIns.find({ path: scriptPath(plan), name: plan.name, text: text ?? '' });
  if (standIn === undefined && !isEngine(language) && !runsHere(language))
    return [problems.elementWarns(`there is no script engine named '${language}'; JMeter fails this element, too`)];
  // A file that is not there fails in JMeter as well.
  if (text === undefined && !filename.includes('${')) return [];
  return scriptProblems({ language, text, path: scriptPath(plan), name: plan.name }, context);
}
