/**
 * What JMeter 5.6.3 ships in bin/jmeter.properties and bin/system.properties: only what plans or elements read. All
 * else in those files is commented out there, so the defaults in the code count.
 */
export const jmeterDefaults: Readonly<Record<string, string>> = {
  'HTTPResponse.parsers': 'htmlParser wmlParser cssParser',
  'cssParser.className': 'org.apache.jmeter.protocol.http.parser.CssParser',
  'cssParser.types': 'text/css',
  'htmlParser.className': 'org.apache.jmeter.protocol.http.parser.LagartoBasedHtmlParser',
  'htmlParser.types': 'text/html application/xhtml+xml application/xml text/xml',
  'wmlParser.className': 'org.apache.jmeter.protocol.http.parser.RegexpHTMLParser',
  'wmlParser.types': 'text/vnd.wap.wml',
  cookies: 'cookies',
  'csvdataset.file.encoding_list': 'UTF-8|UTF-16|ISO-8859-15|US-ASCII',
  'jmeter.reportgenerator.apdex_satisfied_threshold': '500',
  'jmeter.reportgenerator.apdex_tolerated_threshold': '1500',
  remote_hosts: '127.0.0.1',
  'sampleresult.timestamp.start': 'true',
  'summariser.name': 'summary',
  'system.properties': 'system.properties',
  'user.properties': 'user.properties',
};

export const systemDefaults: Readonly<Record<string, string>> = {
  'sun.net.http.allowRestrictedHeaders': 'true',
};
