import type { Client } from "@acc/dual-mode";
import type { RotationPlan, RotationResult, Secret, SecretsManager } from "@acc/secrets";
import { fileSettings } from "../config/resolve-settings.ts";
import { UsageError } from "../failure.ts";
import { readHidden } from "../input/hidden.ts";
import { readStdin } from "../input/read-text.ts";
import { printJson, tell } from "../output/terminal.ts";
import { createProvider } from "../providers.ts";
import { isRefusal, rotationFailure } from "./rotation-failure.ts";
import { outputOf } from "./run-command.ts";
import { type UnlockOptions, withSecrets } from "./unlock.ts";

export interface RotateOptions extends UnlockOptions {
  readonly createCommand?: string;
  readonly revokeCommand?: string;
  readonly overlap?: number;
  readonly restart?: boolean;
  readonly test: boolean;
  readonly json?: boolean;
}

/** For each vendor's key: the provider that tests it, and the page where an old one is revoked. */
const vendors: Readonly<Record<string, { readonly provider: string; readonly page: string }>> = {
  anthropic_api_key: {
    provider: "claude",
    page: "https://console.anthropic.com/settings/keys",
  },
  google_api_key: { provider: "gemini", page: "https://aistudio.google.com/apikey" },
  openai_api_key: { provider: "openai", page: "https://platform.openai.com/api-keys" },
  groq_api_key: { provider: "groq", page: "https://console.groq.com/keys" },
};

/** Gives a name a new value, tested before it is used, and then revokes the old one. */
export async function rotateSecret(name: string, options: RotateOptions): Promise<void> {
  const vendor = vendors[folded(name)];
  const seen: Seen = {};
  const tester = vendor?.provider ?? (await providerOfKey(name));
  const plan = planOf(name, options, options.test ? tester : undefined, seen);
  let result: RotationResult;
  try {
    result = await withSecrets(options, (secrets) => rotateWhole(secrets, name, plan, seen));
  } catch (error) {
    throw rotationFailure(name, error, { version: seen.version, page: vendor?.page });
  }
  if (options.json) printJson(result);
  tell(`${name} has a new value, version ${result.version}.`);
  if (!tester) tell("It was not tested: no provider is known for this name.");
  if (options.revokeCommand === undefined) {
    tell(`Revoke the old one where it was made${vendor ? `: ${vendor.page}` : "."}`);
  }
}

/** The provider to which the config file gives this key. */
async function providerOfKey(name: string): Promise<string | undefined> {
  const { providers = {} } = await fileSettings();
  const found = Object.entries(providers).find(
    ([, { key }]) => key !== undefined && folded(key) === folded(name),
  );
  return found?.[0];
}

/** Names that differ only in this way are the same name in the store. */
function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[-.]/g, "_");
}

/** What the steps of one run have found out. */
interface Seen {
  /** The text on stdin, if it was read before the value was asked for. */
  given?: string;
  /** The version that becomes current. */
  version?: number | undefined;
  /** Whether another rotation follows after an earlier run's rotation is finished. */
  another?: boolean;
}

async function rotateWhole(
  secrets: SecretsManager,
  name: string,
  plan: RotationPlan,
  seen: Seen,
): Promise<RotationResult> {
  const first = await secrets.rotate(name, plan);
  if (!seen.another) return first;
  const second = await secrets.rotate(name, plan);
  return { ...second, revoked: [...first.revoked, ...second.revoked] };
}

function planOf(
  name: string,
  options: RotateOptions,
  provider: string | undefined,
  seen: Seen,
): RotationPlan {
  const { createCommand, revokeCommand, overlap = 0, restart = false } = options;
  return {
    create: () =>
      createCommand === undefined ? askFor(name, seen.given) : createdBy(createCommand),
    test: async (secret) => {
      if (provider !== undefined) await callWith(provider, secret);
      seen.version = secret.version;
    },
    // A value made by a command is valid at its vendor, which may take a while to accept it.
    ...(createCommand === undefined && { isRefusal }),
    ...(revokeCommand !== undefined && {
      revoke: (secret) => outputOf(revokeCommand, `${secret.reveal()}\n`),
    }),
    onResume: (earlier) => resume(earlier, options, seen),
    overlap,
    restart,
  };
}

type Earlier = Parameters<NonNullable<RotationPlan["onResume"]>>[0];

/**
 * Tells which value the rotation continues with. A value that is given now is never ignored
 * silently.
 */
async function resume(earlier: Earlier, options: RotateOptions, seen: Seen): Promise<void> {
  const { name, secret, createdAt, isCurrent } = earlier;
  const { createCommand, restart = false } = options;
  const { isTTY, readableEnded } = process.stdin;
  if (createCommand === undefined && !isTTY && !readableEnded) seen.given = await readStdin();
  const other = Boolean(seen.given) && seen.given !== secret.reveal();
  const since = createdAt.toISOString();
  const notRun = createCommand === undefined ? "" : " --create-command is not run.";
  if (isCurrent) {
    seen.version = secret.version;
    seen.another = other || (restart && seen.given === undefined);
    const then = seen.another ? " After that it gets another value." : notRun;
    tell(`${name} already has the value of ${since}; the old one is revoked now.${then}`);
    return;
  }
  if (other) {
    throw new UsageError(
      `${name} has a new value of ${since} that waits for its test, and another is on stdin.`,
      "Add --restart to take the one on stdin, or give nothing on stdin to continue with the other.",
      "ROTATION_PENDING",
    );
  }
  tell(`${name} continues with the value of ${since}; use --restart to give another.${notRun}`);
}

function askFor(name: string, given: string | undefined): Promise<string> {
  return given ? Promise.resolve(given) : readHidden(`new value of ${name}`);
}

async function createdBy(command: string): Promise<string> {
  const made = await outputOf(command, "");
  if (made !== "") return made;
  throw new UsageError(
    "The --create-command printed nothing.",
    "It must print the new value on stdout.",
    "VALUE_EMPTY",
  );
}

/** Makes the cheapest call that needs a key; throws the vendor's reason if it is refused. */
async function callWith(provider: string, secret: Secret): Promise<void> {
  const client = await createProvider(provider, {
    apiKey: secret.reveal(),
    only: "sdk",
    cache: false,
    retry: 0,
    timeout: 30_000,
  });
  try {
    const [list] = await client.listModels();
    if (list?.error?.code === "UNSUPPORTED_FEATURE") await chatWith(client);
    else if (list?.error !== undefined) throw list.error;
  } finally {
    await client.close();
  }
}

/** Makes a call of a few tokens, for servers that list no models. */
async function chatWith(client: Client): Promise<void> {
  const messages = [{ role: "user", content: "ok" }] as const;
  await client.chat({ messages, maxOutputTokens: 16 });
}
