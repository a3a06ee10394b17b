/**
 * WeChat on phones that are five years old lacks these two; the domain and the stores use them.
 * Everything newer than that is translated by the build.
 */
const isOwn = Object.prototype.hasOwnProperty;

// By `call`, or it would ask itself without end: linters like to write Object.hasOwn here.
if (!Object.hasOwn)
  Object.defineProperty(Object, 'hasOwn', {
    configurable: true,
    writable: true,
    value: (object: object, key: PropertyKey) => Reflect.apply(isOwn, Object(object), [key]),
  });

if (!Array.prototype.at)
  Object.defineProperty(Array.prototype, 'at', {
    configurable: true,
    writable: true,
    value: function at(this: unknown[], index: number) {
      return this[index < 0 ? this.length + index : index];
    },
  });

export {};
