import { Failure, UsageError } from "../failure.ts";
import { environmentWithoutStore, runInTerminal } from "./run-command.ts";
import { type UnlockOptions, withSecrets } from "./unlock.ts";
import { variableName } from "./variable-name.ts";

/** Runs a command with the named secrets in its environment, but nothing that opens the store. */
export async function execWithSecrets(
  command: readonly string[],
  options: UnlockOptions & { readonly secret?: readonly string[] },
): Promise<void> {
  const { secret: words = [] } = options;
  if (words.length === 0) {
    throw new UsageError(
      "No secret was chosen.",
      "acc secrets exec --secret groq_api_key -- command",
    );
  }
  const wanted = words.map(wantedSecret);
  const chosen = await withSecrets(options, async (secrets) => {
    const values: Record<string, string> = {};
    for (const { name, variable } of wanted) {
      const secret = await secrets.get(name);
      if (secret === undefined) {
        throw new Failure("NOT_FOUND", `There is no ${name}.`, `Run: acc secrets set ${name}`);
      }
      values[variable] = secret.reveal();
    }
    return values;
  });
  process.exitCode = await runInTerminal(command, { ...environmentWithoutStore(), ...chosen });
}

/** Parses `name` or `name=VARIABLE`. */
function wantedSecret(word: string): { readonly name: string; readonly variable: string } {
  const [name = "", ...rest] = word.split("=");
  const variable = rest.length > 0 ? rest.join("=") : variableName(name);
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) return { name, variable };
  throw new UsageError(
    `"${variable}" is not the name of a variable.`,
    `Write it as --secret ${name}=NAME, of letters, digits and _.`,
  );
}
