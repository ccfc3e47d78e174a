import { javaTrim } from '../../java/index.js';
import { deep } from '../deep.js';
import { buildTree } from './build.js';
import { parseCsselly, type Step } from './csselly.js';
import { joddText } from './csselly-pseudo.js';
import { selectJodd } from './csselly-select.js';
import type { HtmlElement } from './dom.js';
import { buildJoddTree } from './jodd-build.js';
import { attributeOf } from './jsoup-attributes.js';
import { parseSelector, selectAll, type Test } from './jsoup-selector.js';
import { textOf } from './jsoup-text.js';
import { Remembered } from './remembered.js';

/** Finds elements of a page by a CSS selector. */
export interface HtmlQuery {
  /**
   * Values of the elements found, at most `limit` of them: an attribute, or the text when none is named; undefined = the
   * attribute is not there. Throws what the library throws for a selector it cannot read.
   */
  find(page: string, selector: string, attribute: string, limit: number): readonly (string | undefined)[];
}

const trees = new Remembered<HtmlElement>(buildTree);
const tests = new Remembered<Test>(parseSelector, 1000);

/** jsoup 1.17.1. */
export const jsoup: HtmlQuery = {
  find: (page, selector, attribute, limit) =>
    deep(() =>
      selectAll(trees.of(page), tests.of(selector), limit).map((element) =>
        attribute === '' ? textOf(element) : attributeOf(element, attribute),
      ),
    ),
};

const joddTrees = new Remembered<HtmlElement>(buildJoddTree);
const selectors = new Remembered<readonly (readonly Step[])[]>(parseCsselly, 1000);

/** Jodd Lagarto and CSSelly 5.0.13. */
export const jodd: HtmlQuery = {
  find: (page, selector, attribute, limit) =>
    deep(() =>
      selectJodd(joddTrees.of(page), selectors.of(selector))
        .slice(0, limit)
        .map((element) =>
          attribute === '' ? javaTrim(joddText(element)) : element.attribute(attribute.toLowerCase()),
        ),
    ),
};
