import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { Tool } from "../contract/request.ts";
import type { PrivateFolder } from "./command.ts";
import { toolServerScript } from "./tool-server-script.ts";
import { toolServerSource } from "./tool-server-source.ts";
import type { ToolServer } from "./tool-server-start.ts";

const shell = "/bin/sh";

/**
 * @param tools Tools with the names that the command accepts.
 * @param hasShell Whether the server runs in a shell rather than in JavaScript.
 */
export async function openToolServer(
  folder: PrivateFolder,
  tools: readonly Tool[],
  hasShell: boolean = process.platform !== "win32" && existsSync(shell),
): Promise<ToolServer> {
  const listed = tools.map(({ name, description, inputSchema }) => ({
    name,
    ...(description !== undefined && { description }),
    inputSchema: { type: "object", ...inputSchema },
  }));
  if (hasShell) {
    const file = await folder.write("tool-server.sh", toolServerScript(listed));
    return { command: shell, args: [file], env: {} };
  }
  const file = await folder.write("tool-server.cjs", toolServerSource(listed));
  const { command, args = [], env = {} } = nodeOf(process);
  return { command, args: [...args, file], env };
}

/** The members of `process` that show how it runs JavaScript. */
export interface Host {
  readonly execPath: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: string): unknown;
}

/**
 * Returns the command that runs a file of JavaScript here: usually the runtime of this process. If
 * this process is an application that contains all its code, and so would start again, it is the
 * `node` of the run's PATH.
 */
export function nodeOf({ execPath, versions, getBuiltinModule }: Host): Partial<ToolServer> & {
  readonly command: string;
} {
  if (versions.electron !== undefined) {
    return { command: execPath, env: { ELECTRON_RUN_AS_NODE: "1" } };
  }
  const program = basename(execPath.replaceAll("\\", "/")).toLowerCase();
  if (versions.bun !== undefined) return { command: program.startsWith("bun") ? execPath : "node" };
  if (versions.deno !== undefined) {
    return program.startsWith("deno") ? { command: execPath, args: ["run"] } : { command: "node" };
  }
  const sea = getBuiltinModule?.("node:sea") as { isSea(): boolean } | undefined;
  return { command: sea?.isSea() === true ? "node" : execPath };
}
