import { fold, foldCase } from "./names.ts";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables to read for the name of a secret, in order. */
export type EnvironmentMapping = Readonly<Record<string, readonly string[]>>;

const known: EnvironmentMapping = {
  google_api_key: ["GOOGLE_API_KEY", "GEMINI_API_KEY"],
  gemini_api_key: ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
  huggingface_token: ["HUGGINGFACE_TOKEN", "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"],
  hf_token: ["HF_TOKEN", "HUGGINGFACE_TOKEN", "HUGGING_FACE_HUB_TOKEN"],
  hugging_face_hub_token: ["HUGGING_FACE_HUB_TOKEN", "HF_TOKEN", "HUGGINGFACE_TOKEN"],
};

const credentialLike = /_(?:key|token|secret|password|passphrase|credentials?)$/;

/**
 * Returns the variables that may hold a secret. A name that is neither mapped nor like that of a
 * credential has none, so `path` never reads `$PATH`. The key of this package is never read as a
 * secret.
 */
export function variablesFor(
  name: string,
  extra: readonly string[],
  mapping: EnvironmentMapping,
): readonly string[] {
  const asked = foldCase(name);
  const usual = find(mapping, fold(name)) ?? knownFor(asked) ?? likely(asked);
  return [...new Set([...extra, ...usual])].filter(isOpen);
}

/** Returns the first variable that is set and not empty. */
export function readVariable(
  variables: readonly string[],
  env: Environment,
): { variable: string; value: string } | undefined {
  for (const variable of variables) {
    const value = env[variable];
    if (value !== undefined && value !== "") return { variable, value };
  }
  return undefined;
}

/** Returns the names under which a store may have the secrets of these variables. */
export function namesOfVariables(variables: readonly string[]): readonly string[] {
  return variables.filter(isOpen).flatMap((variable) => {
    const name = variable.toLowerCase();
    return likely(name).length > 0 ? [name] : [];
  });
}

function knownFor(asked: string): readonly string[] | undefined {
  return Object.hasOwn(known, asked) ? known[asked] : undefined;
}

function likely(canonical: string): readonly string[] {
  if (!credentialLike.test(canonical) || !/^[a-z0-9_]+$/.test(canonical)) return [];
  return [canonical.toUpperCase()];
}

function isOpen(variable: string): boolean {
  return !/^ACC_SECRETS_/i.test(variable);
}

function find(mapping: EnvironmentMapping, canonical: string): readonly string[] | undefined {
  return Object.entries(mapping).find(([name]) => fold(name) === canonical)?.[1];
}
