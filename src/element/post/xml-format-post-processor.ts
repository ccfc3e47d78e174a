import { element } from '../../model/index.js';
import { parseXml, saxonText, XmlParseError } from '../../query/index.js';

const CLASS = 'com.atlantbh.jmeter.plugins.xmlformatter';

/** Writes the sample's XML anew with an element on each line; what is no XML stays as it is (jp@gc). */
export const xmlFormatPostProcessor = element({
  tag: `${CLASS}.XMLFormatPostProcessor`,
  gui: `${CLASS}.gui.XMLFormatPostProcessorGui`,
  call: 'format.xml',
  props: {},
  after(_props, user, sample) {
    try {
      // The plugin's parser knows no namespaces; the transformer that JMeter finds is Saxon's, whose steps are three blanks.
      const { documentElement } = parseXml(sample.text, { namespaces: false, sorted: true, mergeText: true });
      if (documentElement === undefined) return;
      const text = saxonText(documentElement, { indent: true });
      sample.setData(Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}${text.endsWith('\n') ? '' : '\n'}`));
    } catch (error) {
      if (!(error instanceof XmlParseError)) throw error;
      user.test.log.write('INFO', CLASS, `Error while formating response xml - ${error.message}`);
    }
  },
});
