// Node strips types everywhere but under node_modules, where this project is once it is installed from a package.
import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const own = pathToFileURL(`${dirname(import.meta.dirname)}/`).href;
const inOwn = (url) => url.startsWith(own) && !url.slice(own.length).includes("node_modules/");

const { emitWarning } = process;
// stripTypeScriptTypes says once that it is experimental; what Node does by itself for the same files does not.
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith("stripTypeScriptTypes")) emitWarning.call(process, warning, ...rest);
};

registerHooks({
  load(url, context, next) {
    if (!url.endsWith(".ts") || !inOwn(url)) return next(url, context);
    return {
      format: "module",
      shortCircuit: true,
      source: stripTypeScriptTypes(readFileSync(fileURLToPath(url), "utf8")),
    };
  },
});
