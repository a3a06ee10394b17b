/**
 * WeChat on phones that are five years old lacks these two; the domain and the stores use them.
 * Everything newer than that is translated by the build.
 */
if (!Object.hasOwn)
  Object.defineProperty(Object, 'hasOwn', {
    value: (object: object, key: PropertyKey) => Object.hasOwn(object, key),
  });

if (!Array.prototype.at)
  Object.defineProperty(Array.prototype, 'at', {
    value: function at(this: unknown[], index: number) {
      return this[index < 0 ? this.length + index : index];
    },
  });

export {};
