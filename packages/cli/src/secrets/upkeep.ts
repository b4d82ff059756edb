import { type RoleRule, recoverSecrets, resetSecrets } from "@acc/secrets";
import { readTextFile } from "../input/read-text.ts";
import { print, printJson, tell } from "../output/terminal.ts";
import { type UnlockOptions, withSecrets } from "./unlock.ts";
import { wrappedKeys } from "./wrap-key.ts";

interface JsonOption {
  readonly json?: boolean;
}

/** Restores the last good store; with `reset`, renames the present one and starts an empty one. */
export async function recoverStore({ reset }: { readonly reset?: boolean }): Promise<void> {
  if (reset) {
    const moved = await resetSecrets();
    tell(moved.length > 0 ? `Renamed, not deleted: ${moved.join(", ")}` : "There was no store.");
    return;
  }
  const keys = await wrappedKeys(process.env);
  await recoverSecrets({ from: "backup" }, keys && { keys });
  tell("The last good store is back; the damaged one was renamed.");
}

export async function listRoles(options: UnlockOptions & JsonOption): Promise<void> {
  const roles = await withSecrets(options, (secrets) => secrets.roles.list());
  if (options.json) {
    printJson({ roles });
    return;
  }
  for (const [role, rules] of Object.entries(roles)) {
    for (const { effect = "allow", verbs, names } of rules) {
      print(`${role}  ${effect}  ${verbs.join(",")}  ${names.join(",")}`);
    }
  }
}

/** Sets the rules of a role from a file with a JSON list. */
export async function setRole(role: string, path: string, options: UnlockOptions): Promise<void> {
  const { parseJson } = await import("../input/parse-json.ts");
  const { getNodeValue } = await import("jsonc-parser");
  const rules = getNodeValue(parseJson(await readTextFile(path), path)) as readonly RoleRule[];
  await withSecrets(options, (secrets) => secrets.roles.set(role, rules));
  tell(`The role ${role} has ${rules.length} ${rules.length === 1 ? "rule" : "rules"}.`);
}

export async function removeRole(role: string, options: UnlockOptions): Promise<void> {
  await withSecrets(options, (secrets) => secrets.roles.remove(role));
  tell(`The role ${role} now has no rights.`);
}
