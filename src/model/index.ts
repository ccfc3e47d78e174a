/** What an element, a property, a virtual user, a sample and a role are. */
export * from './clock.js';
export * from './controller.js';
export * from './data-file.js';
export * from './element.js';
export * from './group.js';
export * from './load-shape.js';
export * from './log.js';
export * from './override.js';
export * from './prop.js';
export * from './properties.js';
export * from './registry.js';
export * from './sample.js';
export * from './script.js';
export * from './stop.js';
export * from './text.js';
export * from './user.js';
export * from './variables.js';
