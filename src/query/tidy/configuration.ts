/** What the caller asks of Tidy; the rest of its configuration is as JTidy has it by default. */
export interface Options {
  /** Read as XML: no element is known, names keep their case. */
  readonly xml?: boolean;
  /** Write XHTML: changes what is reported, and the tree a little. */
  readonly xhtml?: boolean;
  /** Replace presentational elements by styles. */
  readonly clean?: boolean;
  /** Nothing but the problems is reported; JTidy then does not count them either. */
  readonly quiet?: boolean;
  readonly showWarnings?: boolean;
}

/** The settings while a document is read; the document itself may switch some (Configuration.adjust, TagCheckImpl). */
export interface Settings {
  xmlTags: boolean;
  xmlOut: boolean;
  xhtml: boolean;
  readonly xmlInstructions: boolean;
  readonly clean: boolean;
  readonly quiet: boolean;
  readonly showWarnings: boolean;
}

export function settingsOf(options: Options): Settings {
  const { xml = false, clean = false, quiet = false, showWarnings = true } = options;
  const xhtml = !xml && options.xhtml === true;
  return { xmlTags: xml, xmlOut: xml || xhtml, xhtml, xmlInstructions: xml, clean, quiet, showWarnings };
}
