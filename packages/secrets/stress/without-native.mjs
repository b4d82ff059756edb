// Preloaded, it makes the native part of the lock look as if it were not installed.
import { register } from "node:module";

const hook = `export async function resolve(specifier, context, next) {
  if (specifier === "fs-native-extensions") throw new Error("not installed");
  return next(specifier, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
