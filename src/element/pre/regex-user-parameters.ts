import { parseInteger } from '../../java/index.js';
import { element, overlaid, override, type PropsOf, prop, type User } from '../../model/index.js';
import { httpSamplerOf } from './http-sampler-of.js';

/**
 * Gives arguments of the HTTP Request the values that a Regular Expression Extractor found under their names
 * (RegExUserParameters 5.6.3).
 */
export const regexUserParameters = element({
  tag: 'RegExUserParameters',
  gui: 'RegExUserParametersGui',
  call: 'regexUserParameters',
  looksAtData: false,
  props: {
    /** Reference name of the extractor. */
    reference: prop.text('RegExUserParameters.regex_ref_name'),
    namesGroup: prop.text('RegExUserParameters.param_names_gr_nr'),
    valuesGroup: prop.text('RegExUserParameters.param_values_gr_nr'),
  },

  before(props, user) {
    const sampler = httpSamplerOf(user);
    if (sampler === undefined) return;
    const found = foundIn(props, user);
    if (found.size === 0) {
      const text = `RegExUserParameters element: ${props.name} => Referenced RegExp was not found, no parameter will be changed`;
      user.test.log.write('INFO', 'o.a.j.p.h.m.RegExUserParameters', text);
      return;
    }
    const rows = sampler.props(user).arguments.rows.map((row) => {
      // JMeter reads the old value first, to log it.
      void row.value;
      const value = found.get(row.name);
      return value === undefined ? row : overlaid(row, { value });
    });
    override(user, sampler, { arguments: { rows } });
  },
});

/** Values by name; throws NumberFormatException when the number of matches is none. */
function foundIn(
  props: PropsOf<typeof regexUserParameters>,
  { variables }: User,
): ReadonlyMap<string, string | undefined> {
  const { reference, namesGroup, valuesGroup } = props;
  const group = (match: number, which: string): string | undefined => variables.get(`${reference}_${match}_g${which}`);
  const found = new Map<string, string | undefined>();
  const count = variables.get(`${reference}_matchNr`);
  if (count === undefined || group(1, namesGroup) === undefined || group(1, valuesGroup) === undefined) return found;
  const matches = parseInteger(count);
  for (let match = 1; match <= matches; match++) {
    // A name that is missing is a key in Java's map as well, which no argument has.
    found.set(group(match, namesGroup) ?? MISSING, group(match, valuesGroup));
  }
  return found;
}

const MISSING = '\0';
