import { homedir } from "node:os";
import { join } from "node:path";

/** The entry of a server in an agent's config file. */
export interface Entry {
  readonly command: string;
  readonly args: readonly string[];
}

/** An agent that starts servers of the Model Context Protocol. */
export interface Agent {
  readonly title: string;
  /** The user's own config file, not a project's. */
  readonly path: () => string;
  readonly format: "json" | "toml";
  /** Members of the entry besides command and arguments. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The config file of each agent, as its vendor documents it (2026-11). */
export const agents: Readonly<Record<string, Agent>> = {
  claude: {
    title: "Claude Code",
    path: () => join(process.env.CLAUDE_CONFIG_DIR || homedir(), ".claude.json"),
    format: "json",
    more: { type: "stdio" },
  },
  gemini: {
    title: "Gemini CLI",
    path: () => join(process.env.GEMINI_CLI_HOME || homedir(), ".gemini", "settings.json"),
    format: "json",
  },
  codex: {
    title: "Codex",
    path: () => join(process.env.CODEX_HOME || join(homedir(), ".codex"), "config.toml"),
    format: "toml",
    // Codex's own limit is 60 s, which a reasoning model may take.
    more: { tool_timeout_sec: 600 },
  },
  cursor: {
    title: "Cursor",
    path: () => join(homedir(), ".cursor", "mcp.json"),
    format: "json",
  },
};

export const agentNames: readonly string[] = Object.keys(agents);
