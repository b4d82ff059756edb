import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(
  new URL("../../claude/test/fixtures/waiting-claude.mjs", import.meta.url),
);

/** Puts a `claude` into a home, in which somebody is logged in; gives the variable that names it. */
export function loggedInClaude(home: string): Record<string, string> {
  const command = join(home, "claude");
  const login = JSON.stringify({ loggedIn: true, authMethod: "claude.ai" });
  const script = [
    "#!/bin/sh",
    `if [ "$1" = auth ]; then echo '${login}'; exit; fi`,
    `PLAY_RECORD='${join(home, "claude.log")}' exec '${process.execPath}' '${program}' "$@"`,
  ];
  writeFileSync(command, `${script.join("\n")}\n`);
  chmodSync(command, 0o755);
  writeFileSync(join(home, ".claude.json"), "{}");
  return { ACC_CLAUDE_CLI: command };
}
