import { printExact, printJson } from "../output/terminal.ts";
import type { UnlockOptions } from "../secrets/unlock.ts";
import { originOf } from "./address.ts";
import { loadServer } from "./load-server.ts";
import { ownerToken } from "./owner-token.ts";
import type { AddressOptions } from "./serve-options.ts";

export type Shell = "sh" | "fish" | "powershell";

export interface EnvOptions extends AddressOptions, UnlockOptions {
  readonly shell: Shell;
  readonly json?: boolean;
}

const lineFor: Readonly<Record<Shell, (name: string, value: string) => string>> = {
  sh: (name, value) => `export ${name}='${value}'`,
  fish: (name, value) => `set -gx ${name} '${value}'`,
  powershell: (name, value) => `$env:${name} = '${value}'`,
};

/** Prints the variables by which programs find the server, including the owner's token. */
export async function printEnv(options: EnvOptions): Promise<void> {
  const { clientVariables } = await loadServer();
  const variables = clientVariables(originOf(options), await ownerToken(options));
  if (options.json) printJson(variables);
  else for (const each of Object.entries(variables)) printExact(lineFor[options.shell](...each));
}
