/** A page without an interface: puts the engines and the model store where a test can reach them by `page.evaluate`. */
import * as domain from '#domain';
import * as engines from '#engines';
import * as models from '#models';

const lab = { domain, engines, models };

export type Lab = typeof lab;

declare global {
  // `var` is the only way to declare a property of the global object.
  var lab: Lab;
}

globalThis.lab = lab;
