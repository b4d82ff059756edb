import { Failure, UsageError } from "../failure.ts";
import { readHidden } from "../input/hidden.ts";
import { print, printExact, printJson, tell } from "../output/terminal.ts";
import { type EnvLine, endForShells, envLine } from "./env-file.ts";
import { type UnlockOptions, withSecrets } from "./unlock.ts";
import { variableName } from "./variable-name.ts";

interface JsonOption {
  readonly json?: boolean;
}

/** Stores a value from a hidden prompt or a pipe. */
export async function setSecret(
  name: string,
  options: UnlockOptions & { readonly multiline?: boolean },
): Promise<void> {
  const value = await readHidden(`value of ${name}`);
  const { multiline = false } = options;
  await withSecrets(options, (secrets) => secrets.set(name, value, { multiline }));
  tell(`${name} is stored.`);
}

/** Shows where a value comes from, and the value itself only with --reveal. */
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
  tell(`${name} is deleted.`);
}

/** Prints every value as lines of a .env file, or as JSON. */
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
  else printEnvFile(values);
}

/**
 * Prints lines of a .env file. Those that a shell would misread follow the line at which a shell
 * stops.
 */
function printEnvFile(values: readonly (readonly [name: string, value: string])[]): void {
  const lines: (EnvLine & { readonly name: string })[] = [];
  const refused: string[] = [];
  const taken = new Map<string, string>();
  for (const [name, value] of values) {
    const variable = variableName(name);
    const line = envLine(variable, value);
    const other = taken.get(variable);
    if (other !== undefined) refused.push(`${name} (${variable} is the variable of ${other})`);
    else if (line === undefined) refused.push(`${name} (it has all three kinds of quotes)`);
    else lines.push({ ...line, name });
    taken.set(variable, other ?? name);
  }
  const [forAll, rest] = split(lines, ({ isForShells }) => isForShells);
  const [good, otherwise] = split(rest, ({ isForDotenv }) => isForDotenv);
  const printed = [...forAll, ...(rest.length > 0 ? [{ text: endForShells }] : [])];
  for (const { text } of [...printed, ...good, ...otherwise]) printExact(text);
  const inDotenv = lines.filter(({ isForDotenv }) => !isForDotenv);
  if (rest.length > 0) {
    tell(`A shell would change these values, so it stops before them: ${namesOf(rest)}.`);
  }
  if (inDotenv.length > 0) {
    tell(
      `acc secrets import reads these back, but not every other .env reader does: ${namesOf(inDotenv)}.`,
    );
  }
  if (refused.length === 0) return;
  throw new Failure(
    "NOT_EXPORTABLE",
    `A .env file cannot hold these, which are left out: ${refused.join(", ")}.`,
    "Use --json.",
  );
}

function split<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function namesOf(lines: readonly { readonly name: string }[]): string {
  return lines.map(({ name }) => name).join(", ");
}

function notFound(name: string): Failure {
  return new Failure("NOT_FOUND", `There is no ${name}.`, "acc secrets list shows what there is.");
}
