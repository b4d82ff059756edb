import type { Environment } from "../environment.ts";

/** What a program that keeps secrets may not see: what opens our store, and what changes programs. */
const withheld = /^(ACC_SECRETS_.*|NODE_OPTIONS)$/i;

/** The environment of a program that keeps secrets: this process's own, and what is added to it. */
export function programEnvironment(added: Environment = {}): Environment {
  const all = { ...process.env, ...added };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !withheld.test(name)));
}
