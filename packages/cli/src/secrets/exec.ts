import { Failure, UsageError } from "../failure.ts";
import { environmentWithoutStore, runInTerminal } from "./run-command.ts";
import { type UnlockOptions, withSecrets } from "./unlock.ts";

/** Runs a command with the named secrets in its environment, and nothing that opens the store. */
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
  const chosen = await withSecrets(options, async (secrets) => {
    const values: Record<string, string> = {};
    for (const word of words) {
      const [name = "", variable = name.toUpperCase().replace(/[-.]/g, "_")] = word.split("=");
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
