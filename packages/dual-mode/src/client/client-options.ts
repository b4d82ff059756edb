import type { ClientOptions } from "../contract/client.ts";
import type { Provider } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";
import { check } from "../request/check.ts";
import { clientOptionsForm } from "../request/option-forms.ts";

/** A client's checked options, with the provider's own ones separate. */
export interface CheckedOptions<Options extends object> {
  readonly client: ClientOptions;
  readonly own: Readonly<Options>;
}

/**
 * Checks a client's options.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST`, naming the option and the valid ones
 */
export function checkClientOptions<Options extends object>(
  provider: Provider<Options>,
  options: ClientOptions & Options,
): CheckedOptions<Options> {
  if (typeof options !== "object" || options === null) {
    throw new DualModeError("INVALID_REQUEST", "options must be an object.");
  }
  const ownNames = new Set<string>(provider.options ?? []);
  const names = Object.keys(clientOptionsForm.members);
  const own: Record<string, unknown> = {};
  const client: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (ownNames.has(name)) own[name] = value;
    else if (names.includes(name)) client[name] = value;
    else throw unknownOption(name, [...names, ...ownNames]);
  }
  check(clientOptionsForm, client, "options");
  if (client.apiKey !== undefined && client.apiKeys !== undefined) {
    throw new DualModeError("INVALID_REQUEST", "options has both apiKey and apiKeys.", {
      fix: "Put all keys into apiKeys.",
    });
  }
  // A copy, because the caller's own list may change during a call.
  if (Array.isArray(client.apiKeys)) client.apiKeys = [...client.apiKeys];
  refuseKeysInCliEnv(provider, client as ClientOptions);
  return { client: client as ClientOptions, own: own as Options };
}

function unknownOption(name: string, known: readonly string[]): DualModeError {
  return new DualModeError("INVALID_REQUEST", `options has no member "${name}".`, {
    fix: `Valid options: ${[...known].sort().join(", ")}.`,
  });
}

/** A key that is set for every CLI run would also be billed for login routes. */
function refuseKeysInCliEnv(
  { credential }: Pick<Provider, "credential">,
  { cli }: ClientOptions,
): void {
  const named = credential?.env.find((name) => cli?.env?.[name] !== undefined);
  if (named === undefined) return;
  throw new DualModeError("INVALID_REQUEST", `options.cli.env must not hold the key ${named}.`, {
    fix: "Give the key as apiKey: then it is used only on key routes.",
  });
}
