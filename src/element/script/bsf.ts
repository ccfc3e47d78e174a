import fs from 'node:fs';
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
import type { Problem } from '../../problem.js';
import { logger, scriptProblems } from '../../script/index.js';
import { attempt, thrownText } from './attempt.js';
import { absolute, fileBeforeRun, rawScript, scriptPath, splitArguments } from './script-text.js';

/** The properties of all BSF elements. */
export const bsfProps = {
  language: prop.text('scriptLanguage'),
  parameters: prop.text('parameters'),
  filename: prop.text('filename'),
  script: prop.text('script'),
};
export type BsfProps = Named<typeof bsfProps>;

/** The properties of one use, each evaluated once; the name last, after those that JMeter sets in its bean. */
export function prepared(props: BsfProps): BsfProps {
  const { filename, parameters, script, language, name } = props;
  return { name, filename, parameters, script, language };
}

/** Runs the script of a use; throws org.apache.bsf.BSFException (or of the file) as JMeter words it. */
export function evaluate(use: BsfProps, user: User, self: Placed, extra: Bindings, category: string): unknown {
  const script = scriptOf(use, user, self);
  try {
    return script.run(user, {
      log: logger(user, category),
      Label: use.name,
      FileName: use.filename,
      Parameters: use.parameters,
      args: splitArguments(use.parameters),
      ...extra,
    });
  } catch (error) {
    throw error instanceof JavaError ? bsfException(`JavaScript Error: ${inner(error)}`) : error;
  }
}

/** What JMeter's BSF engine for JavaScript makes of Rhino's exceptions. */
const inner = (error: JavaError): string =>
  error.javaClass.endsWith('.JavaScriptException') ? error.message : `Internal Error: ${error}`;

function scriptOf(use: BsfProps, user: User, self: Placed): CompiledScript {
  const { standIns, compileScript } = user.test;
  const text = use.filename === '' ? use.script : fileText(use.filename, user);
  const raw = use.filename === '' ? rawScript(self.plan) : (text ?? '');
  const standIn = standIns.find({ path: scriptPath(self.plan, self.path), name: use.name, text: raw });
  if (standIn !== undefined && 'run' in standIn) return standIn;
  if (standIn !== undefined) throw bsfException(standIn.text);
  const { language } = use;
  if (!LOADABLE.has(language))
    throw bsfException(`${NAMED.has(language) ? 'unable to load language' : 'unsupported language'}: ${language}`);
  const compiled = compileScript(language, text ?? '');
  if ('run' in compiled) return compiled;
  throw bsfException(`JavaScript Error: ${worded(compiled.text.replace(/^JavaScript: /, ''))}`);
}

function fileText(name: string, user: User): string {
  const file = absolute(name, user);
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    throw new JavaError('java.io.FileNotFoundException', `${name} (No such file or directory)`);
  }
}

const bsfException = (message: string): JavaError => new JavaError('org.apache.bsf.BSFException', message);

/** Rhino's words for what does not parse. */
function worded(message: string): string {
  if (/^Unexpected end of input/.test(message)) return 'Unexpected end of file';
  if (/^Invalid or unexpected token/.test(message)) return 'unterminated string literal';
  return /^Unexpected identifier/.test(message) ? 'missing ; before statement' : message;
}

/** The languages of BSF 2.4 whose engines are in JMeter, and those that it only knows by name. */
const LOADABLE = new Set(['javascript', 'beanshell']);
const NAMED = new Set(
  `jacl netrexx java javaclass bml vbscript jscript perlscript perl jpython jython lotusscript xslt pnuts beanbasic
  ruby judoscript groovy objectscript prolog rexx`.split(/\s+/),
);

/** Pre- and post-processors and listeners: a failure is only logged. */
export function runQuietly(
  props: BsfProps,
  user: User,
  self: Placed,
  extra: Bindings,
  category: string,
): Awaitable<void> {
  const use = prepared(props);
  return attempt(
    () => evaluate(use, user, self, extra, category),
    () => undefined,
    (error) => user.test.log.write('WARN', category, `Problem in BSF script. ${thrownText(error)}`),
  );
}

/** Jython is known to BSF but ends JMeter's thread with a missing class; here such a script runs through a stand-in. */
const PYTHON = new Set(['jython', 'jpython', 'python']);

/** What can be told before the run; a language that BSF does not have fails in JMeter, too. */
export function checkBsf(plan: PlanElement, context: CheckContext): readonly Problem[] {
  const language = propertyText(plan, 'scriptLanguage') ?? '';
  const filename = propertyText(plan, 'filename') ?? '';
  const text = filename === '' ? rawScript(plan) : fileBeforeRun(filename);
  if (filename === '' && text === '') return [];
  const script = { language, text, path: scriptPath(plan), name: plan.name };
  const standIn = context.standIns.find({ ...script, text: text ?? '' });
  if (standIn === undefined && !LOADABLE.has(language) && !PYTHON.has(language)) return [];
  return scriptProblems(script, context);
}
