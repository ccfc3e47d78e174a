import { describe, expect, it } from 'vitest';
import { parseUrl } from '../../../src/java/index.js';
import { PageLinkError, type PageParser, pageLinks } from '../../../src/query/index.js';
import { isForVersion } from '../../../src/query/page/conditional-comment.js';

const links = (text: string, parser: PageParser = 'tags', userAgent?: string): string[] =>
  pageLinks({ text, url: parseUrl('http://h/d/p.html'), userAgent }, parser).map(String);
const EXPLORER_8 = 'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1)';

describe('the resources of a page', () => {
  it.each([
    ['<img src=a.png><IMG SRC="a.png"><img src=\' b.png \'><img src="">', ['a.png', 'b.png']],
    ['<script src=a.js>"<img src=no.png>"</script><style>url("no.png")</style>', ['a.js']],
    ['<!-- <img src=no.png> --><noscript><img src=no.png></noscript><title><img src=no.png></title>', []],
    ['<template><img src=a.png></template><iframe src=f.html><img src=no.png></iframe>', ['a.png', 'f.html']],
    ['<link rel=StyleSheet href=a.css><link rel=preload href=b><link rel=next href=no>', ['a.css', 'b']],
    ['<link rel="Shortcut Icon" href=i.ico><link href=no>', ['i.ico']],
    ['<input type=IMAGE src=a.png><input src=no.png>', ['a.png']],
    ['<object data=a codebase=b>', ['b', 'a']],
    ['<applet code=A.class codebase=cb>', ['cb/A.class']],
    ['<applet code=A.class codebase=cb archive=a.jar>', ['cb/a.jar']],
    ['<applet code=A.class>', ['A.class']],
    ['<body background=a><td background=b style="background: URL( \'c.png\' )">', ['a', 'b', 'c.png']],
    ['<script style="x:url(\'no.png\')"></script>', []],
    ['<img src="x?a=1&amp;b=2&amp;amp;c">', ['x?a=1&b=2&c']],
    ['<img src="a\nb.png"><video src=no.mp4>', ['ab.png']],
    ['<img src=data:image/png;base64,AA><img src="http://[x/">', []],
    ['<embed src=e><frame src=f><bgsound src=g>', ['e', 'f', 'g']],
  ])('%s', (html, expected) => expect(links(html)).toEqual(expected.map((one) => `http://h/d/${one}`)));

  it('are relative to its base, and do not leave the root', () => {
    expect(links('<img src=a><base href="http://o/x/"><img src=a><img src="../../b"><img src="//n/c">')).toEqual([
      'http://h/d/a',
      'http://o/x/a',
      'http://o/b',
      'http://n/c',
    ]);
    expect(() => links('<base href="nonsense://x">')).toThrow(PageLinkError);
  });

  it('are those of conditional comments for an old Internet Explorer only', () => {
    const page = '<!--[if lt IE 9]><img src=a><![endif]--><![if gt IE 8]><img src=b><![endif]><img src=c>';
    expect(links(page)).toEqual(['http://h/d/b', 'http://h/d/c']);
    expect(links(page, 'tags', EXPLORER_8)).toEqual(['http://h/d/a', 'http://h/d/c']);
    expect(links(page, 'tags', 'MSIE 10.0')).toEqual(['http://h/d/b', 'http://h/d/c']);
  });

  it.each([
    ['if IE', false],
    ['if IE 8', true],
    ['if IE 7', false],
    ['if lte IE 8', true],
    ['if gt IE 8', false],
    ['if (gt IE 6)&(lt IE 9)', true],
    ['if (IE 6)|(IE 8)', true],
    ['if !(IE 8)', false],
    ['if !(IE 7)', true],
    ['if true', false],
    ['endif', false],
  ])('[%s] is for version 8: %s', (expression, expected) => expect(isForVersion(expression, 8)).toBe(expected));
});

describe('the resources found by one pattern', () => {
  it('are those that old parsers found', () => {
    const page =
      '<base href="http://o/"><IMG alt=x src="a.png"><!-- <img src=no> --><link href=b.css rel=stylesheet>' +
      '<input src=c.png type=image><p style="x: url(\'d.png\')"><td background=e ><object data="f">';
    expect(links(page, 'text')).toEqual(['a.png', 'b.css', 'c.png', 'd.png', 'e', 'f'].map((one) => `http://o/${one}`));
  });
});

describe('the imports of a style sheet', () => {
  it('are those before its first rule', () => {
    const sheet =
      '@charset "utf-8"; /* @import "no.css" */ @import "a.css";@import url(b.css) print;\n' +
      "@import URL( 'c.css' );@import 'a.css'; p { background: url(no.png) } @import 'no.css';";
    expect(links(sheet, 'styles')).toEqual(['a.css', 'b.css', 'c.css', 'a.css'].map((one) => `http://h/d/${one}`));
  });
});
