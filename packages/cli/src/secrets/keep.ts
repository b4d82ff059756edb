import { Failure, UsageError } from "../failure.ts";
import { readHidden } from "../input/hidden.ts";
import { print, printExact, printJson, tell } from "../output/terminal.ts";
import { type UnlockOptions, withSecrets } from "./unlock.ts";
import { variableName } from "./variable-name.ts";

interface JsonOption {
  readonly json?: boolean;
}

/** Keeps a value that is typed unseen or piped in. */
export async function setSecret(
  name: string,
  options: UnlockOptions & { readonly multiline?: boolean },
): Promise<void> {
  const value = await readHidden(`value of ${name}`);
  const { multiline = false } = options;
  await withSecrets(options, (secrets) => secrets.set(name, value, { multiline }));
  tell(`${name} is kept.`);
}

/** Says where a value comes from; the value itself only when it was asked to be revealed. */
export async function getSecret(
  name: string,
  options: UnlockOptions & JsonOption & { readonly reveal?: boolean },
): Promise<void> {
  await withSecrets(options, async (secrets) => {
    const secret = await secrets.get(name);
    if (secret === undefined) throw notFound(name);
    const { source, version } = secret;
    const shown = options.reveal ? secret.reveal() : String(secret);
    if (options.json) printJson({ name, source, version, value: shown });
    else if (options.reveal) printExact(shown);
    else print(`${name}  ${shown}  from ${source}`);
  });
  if (!options.reveal) tell("--reveal shows the value.");
}

export async function listSecrets(options: UnlockOptions & JsonOption): Promise<void> {
  const names = await withSecrets(options, (secrets) => secrets.list());
  if (options.json) printJson({ names });
  else for (const name of names) print(name);
}

export async function deleteSecret(name: string, options: UnlockOptions): Promise<void> {
  const deleted = await withSecrets(options, (secrets) => secrets.delete(name));
  if (!deleted) throw notFound(name);
  tell(`${name} is gone.`);
}

/** Every value as lines of a .env file, or as JSON. */
export async function exportSecrets(
  options: UnlockOptions & JsonOption & { readonly reveal?: boolean },
): Promise<void> {
  if (!options.reveal) {
    throw new UsageError(
      "An export shows every value.",
      "If that is meant: acc secrets export --reveal",
    );
  }
  const values = await withSecrets(options, async (secrets) => {
    const entries: [string, string][] = [];
    for (const name of await secrets.list()) {
      const secret = await secrets.get(name);
      if (secret) entries.push([name, secret.reveal()]);
    }
    return entries;
  });
  if (options.json) printJson(Object.fromEntries(values));
  else
    for (const [name, value] of values) printExact(`${variableName(name)}=${quoted(name, value)}`);
}

/** The quotes of a .env file are not escaped in it, so one that the value lacks is taken. */
function quoted(name: string, value: string): string {
  const quote = ["'", '"', "`"].find((each) => !value.includes(each));
  if (quote && !(quote === '"' && value.includes("\\n"))) return `${quote}${value}${quote}`;
  throw new Failure(
    "NOT_EXPORTABLE",
    `The value of ${name} has all three kinds of quotes: no .env file can hold it.`,
    "Use --json.",
  );
}

function notFound(name: string): Failure {
  return new Failure("NOT_FOUND", `There is no ${name}.`, "acc secrets list shows what there is.");
}
