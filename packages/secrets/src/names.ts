import { SecretsError } from "./errors.ts";

/** The longest name, in characters. */
const longestName = 256;

const allowed = /^[A-Za-z0-9](?:[A-Za-z0-9._:/@-]*[A-Za-z0-9])?$/;

/** The alternative names that vendors use for a credential, each with its canonical name. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["gemini_api_key", "google_api_key"],
  ["hf_token", "huggingface_token"],
  ["hugging_face_hub_token", "huggingface_token"],
]);

/**
 * Returns one spelling for all names that differ only by `-`, `.`, `_` or case, or are aliases.
 *
 * @throws SecretsError `NAME_NOT_STRING`, `NAME_EMPTY`, `NAME_TOO_LONG`, `NAME_INVALID`
 */
export function canonicalName(name: unknown): string {
  checkName(name);
  return fold(name);
}

/** Like `canonicalName`, for a name that was validated when it was written. */
export function fold(name: string): string {
  const plain = foldCase(name);
  return aliases.get(plain) ?? plain;
}

/** Like `fold`, without replacing aliases. */
export function foldCase(name: string): string {
  return name.replaceAll(/[-.]/g, "_").toLowerCase();
}

/** Returns the folded name and its aliases. */
export function aliasesOf(name: string): readonly string[] {
  const folded = fold(name);
  return [folded, ...[...aliases].filter(([, to]) => to === folded).map(([from]) => from)];
}

/**
 * Returns the name as it would be in an environment variable or a `.env` file; different names can
 * have the same variable.
 */
export function foldToVariable(name: string): string {
  return fold(name).replaceAll(/[^a-z0-9_]/g, "_");
}

export function isName(name: string): boolean {
  return name.length <= longestName && allowed.test(name);
}

/** Validates a name. The message does not repeat it: it may be a value in the wrong place. */
function checkName(name: unknown): asserts name is string {
  if (typeof name !== "string") {
    throw new SecretsError("NAME_NOT_STRING", `A name must be a string, not ${kindOf(name)}.`);
  }
  if (name === "") {
    throw new SecretsError("NAME_EMPTY", 'A name is empty. Give one such as "anthropic_api_key".');
  }
  if (name.length > longestName) {
    throw new SecretsError(
      "NAME_TOO_LONG",
      `A name has ${name.length} characters; the most is ${longestName}.`,
    );
  }
  if (!allowed.test(name)) {
    throw new SecretsError(
      "NAME_INVALID",
      "A name may hold letters, digits and . _ - : / @ between them, as in anthropic_api_key.",
    );
  }
}

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
