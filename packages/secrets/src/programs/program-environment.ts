import type { Environment } from "../environment.ts";

/**
 * Variables that a program must not see: those that open the store, and NODE_OPTIONS, which changes
 * programs.
 */
const withheld = /^(ACC_SECRETS_.*|NODE_OPTIONS)$/i;

/**
 * Returns the environment for a program that keeps secrets: that of this process, with the added
 * variables.
 */
export function programEnvironment(added: Environment = {}): Environment {
  const all = { ...process.env, ...added };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !withheld.test(name)));
}
