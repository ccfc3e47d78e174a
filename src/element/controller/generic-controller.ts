import { Controller, element } from '../../model/index.js';

/** Groups its children; Simple Controller. */
export const genericController = element({
  tag: 'GenericController',
  gui: 'LogicControllerGui',
  call: 'group',
  props: {},
  controller: Controller,
});
