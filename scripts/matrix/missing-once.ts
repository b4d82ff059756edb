import { register } from "node:module";

const hooks = `
let missing = true;
export async function resolve(specifier, context, next) {
  if (missing && specifier === "groq-sdk") {
    missing = false;
    throw Object.assign(new Error("Cannot find package 'groq-sdk'"), { code: "ERR_MODULE_NOT_FOUND" });
  }
  return next(specifier, context);
}`;

/** Makes groq-sdk missing for this process's first import of it. */
export function hideGroqSdkOnce(): void {
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
