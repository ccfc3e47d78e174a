import { expect, it } from 'vitest';
import { xmlAssertion } from '../../../src/element/assertion/xml-assertion.js';
import { xmlSchemaAssertion } from '../../../src/element/assertion/xml-schema-assertion.js';
import { xpathAssertion } from '../../../src/element/assertion/xpath-assertion.js';
import { xpath2Assertion } from '../../../src/element/assertion/xpath2-assertion.js';
import { fakeUser } from '../../kit.js';
import { judged } from './judged.js';

const XML = '<r><a id="1">x</a></r>';
const xpath = (query: string, more = {}) => judged(xpathAssertion, { 'XPath.xpath': query, ...more }, XML);

it('judges nodes, truths and nothing else', () => {
  expect(xpath('//a')).toEqual(['pass', '']);
  expect(xpath('//b')).toEqual(['fail', 'No Nodes Matched //b']);
  expect(xpath('//b', { 'XPath.negate': true })).toEqual(['pass', 'No Nodes Matched //b']);
  expect(xpath('//a', { 'XPath.negate': true })).toEqual([
    'fail',
    'Specified XPath was found... Turn off negate if this is not desired',
  ]);
  expect(xpath('count(//a)=1')).toEqual(['pass', 'No Nodes Matched for count(//a)=1']);
  expect(xpath('count(//a)')).toEqual(['fail', 'Cannot understand: count(//a)']);
  expect(xpath('//z:a')).toEqual(['error', 'TransformerException: Prefix must resolve to a namespace: z for: //z:a']);
});

it('wraps the exceptions of a validating parser', () => {
  const validating = { 'XPath.validate': true, 'XPath.namespace': true };
  expect(xpath('//a', validating)).toEqual([
    'error',
    'SAXException: org.xml.sax.SAXParseException; lineNumber: 1; columnNumber: 3; Document is invalid: no grammar found.',
  ]);
});

it('validates by the DTD of the document', () => {
  const dtd = '<!DOCTYPE r [<!ELEMENT r (a,b?)><!ELEMENT a (#PCDATA)><!ATTLIST a k (x|y) "x">]>';
  const on = (xml: string) => judged(xpathAssertion, { 'XPath.xpath': '//a', 'XPath.validate': true }, dtd + xml)[1];
  expect(on('<r><a/></r>')).toBe('');
  expect(on('<r/>')).toContain('The content of element type "r" is incomplete, it must match "(a,b?)".');
  expect(on('<r><a/><a/></r>')).toContain('The content of element type "r" must match "(a,b?)".');
  expect(on('<r><a k="z"/></r>')).toContain('Attribute "k" with value "z" must have a value from the list "x y ".');
});

it('asks XPath 1.0 whether an XPath 2 expression is a truth', () => {
  const on = (query: string) => judged(xpath2Assertion, { 'XPath.xpath': query }, XML);
  expect(on('//a')).toEqual(['pass', 'No Nodes Matched for //a']);
  expect(on('exists(//a)')).toEqual(['error', 'Exception: Could not find function: exists for:exists(//a)']);
  expect(on('')).toEqual(['pass', '']);
});

it('takes a missing variable for no response, but not an empty one of a sample', () => {
  const scope = { 'XPath.xpath': '//a', 'Assertion.scope': 'variable', 'Scope.variable': 'x' };
  expect(judged(xpath2Assertion, scope, XML, fakeUser())).toEqual(['fail', 'Response was null']);
  expect(judged(xpath2Assertion, { 'XPath.xpath': '//a' }, '')[0]).toBe('error');
});

it('lets no DOCTYPE through', () => {
  expect(judged(xmlAssertion, {}, XML)).toEqual(['pass', undefined]);
  expect(judged(xmlAssertion, {}, '<!DOCTYPE a><a/>')[1]).toMatch(/^DOCTYPE is disallowed/);
});

it('needs a schema', () => {
  expect(judged(xmlSchemaAssertion, {}, XML)).toEqual(['fail', 'FileName is required']);
  expect(judged(xmlSchemaAssertion, { xmlschema_assertion_filename: 'no.xsd' }, XML)[1]).toBe(
    "error: line=1 col=4 schema_reference.4: Failed to read schema document 'no.xsd', because 1) could not find the document; 2) the document could not be read; 3) the root element of the document is not <xsd:schema>.",
  );
});
