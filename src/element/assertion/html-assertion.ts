import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import { element, type PropsOf, prop, type Test } from '../../model/index.js';
import { reasonOf } from '../../problem.js';
import { type Tidied, tidy } from '../../query/index.js';
import { grouped } from './assertion-scope.js';

/** Counts what Tidy finds wrong with a page, and compares that with what is allowed (HTMLAssertion 5.6.3). */
export const htmlAssertion = element({
  tag: 'HTMLAssertion',
  gui: 'HTMLAssertionGui',
  call: 'expect.html',
  props: {
    /** What Tidy would write; it does not count. */
    doctype: prop.text('html_assertion_doctype'),
    errorsOnly: prop.flag('html_assertion_errorsonly'),
    maxErrors: prop.long('html_assertion_error_threshold'),
    maxWarnings: prop.long('html_assertion_warning_threshold'),
    /** 0 HTML, 1 XHTML, 2 XML. */
    format: prop.long('html_assertion_format'),
    /** Gets Tidy's report, anew each time; relative to the working directory. */
    file: prop.text('html_assertion_filename'),
  },

  assert(props, { test }, sample, result) {
    if (sample.dataLength === 0) {
      result.fail('Response was null');
      return;
    }
    try {
      const { errors, warnings, report } = tidied(sample.data.toString(), props);
      writeReport(props.file, report, test);
      if (errors > props.maxErrors || (!props.errorsOnly && warnings > props.maxWarnings))
        result.fail(
          `Tidy Parser errors: ${grouped(errors)} (allowed ${grouped(props.maxErrors)}) ` +
            `Tidy Parser warnings: ${grouped(warnings)} (allowed ${grouped(props.maxWarnings)})`,
        );
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      test.log.write('WARN', CATEGORY, `Cannot parse result content ${error}`);
      result.failure = true;
      result.message = error.hasMessage ? error.message : undefined;
    }
  },
});

const CATEGORY = 'o.a.j.a.HTMLAssertion';

/** Each setting is read as often as JMeter reads it on its way to Tidy. */
function tidied(text: string, props: PropsOf<typeof htmlAssertion>): Tidied {
  void props.errorsOnly;
  void props.doctype;
  const xhtml = props.format === 1;
  const xml = !xhtml && props.format === 2;
  void props.file;
  return tidy(text, { xhtml, xml });
}

function writeReport(file: string, report: string, { workingDirectory, log }: Test): void {
  if (file.trim() === '') return;
  try {
    fs.writeFileSync(path.resolve(workingDirectory, file), report);
  } catch (error) {
    log.write('WARN', CATEGORY, `writeOutput() -> could not write output to file: ${file} ${reasonOf(error)}`);
  }
}
