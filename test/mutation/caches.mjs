/**
 * What the rules remember from one call to the next would carry what a mutant has said to the next one. These are the Maps
 * and WeakMaps that modules of policies/ make, empty, while they load.
 */
const { Map: PlainMap, WeakMap: PlainWeakMap } = globalThis;
const forgetting = new Set();
let loading = false;

function isMemory(given) {
  if (!loading || given.length > 0) return false;
  // Of the stack: the error, this function, the trap, and who makes it.
  const [, , , maker = ""] = (new Error().stack ?? "").split("\n");
  return maker.includes("/policies/") && !maker.includes("/test/policies/") && !maker.includes("/node_modules/");
}

class Forgetful extends PlainWeakMap {
  #kept = new PlainWeakMap();

  get(key) {
    return this.#kept.get(key);
  }

  has(key) {
    return this.#kept.has(key);
  }

  set(key, value) {
    this.#kept.set(key, value);
    return this;
  }

  delete(key) {
    return this.#kept.delete(key);
  }

  forget() {
    this.#kept = new PlainWeakMap();
  }
}

/** Runs what loads modules. */
export async function watching(load) {
  globalThis.Map = new Proxy(PlainMap, {
    construct(target, given, made) {
      const map = Reflect.construct(target, given, made);
      if (isMemory(given)) forgetting.add(() => map.clear());
      return map;
    },
  });
  globalThis.WeakMap = new Proxy(PlainWeakMap, {
    construct(target, given, made) {
      if (!isMemory(given)) return Reflect.construct(target, given, made);
      const map = new Forgetful();
      forgetting.add(() => map.forget());
      return map;
    },
  });
  loading = true;
  try {
    await load();
  } finally {
    loading = false;
    globalThis.Map = PlainMap;
    globalThis.WeakMap = PlainWeakMap;
  }
}

export function forgetAll() {
  for (const forget of forgetting) forget();
}
