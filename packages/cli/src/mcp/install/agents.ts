import { homedir } from "node:os";
import { join } from "node:path";

/** How a server is written down for an agent. */
export interface Entry {
  readonly command: string;
  readonly args: readonly string[];
}

/** An agent that starts servers of the Model Context Protocol. */
export interface Agent {
  readonly title: string;
  /** The user's own file, not a project's. */
  readonly path: () => string;
  readonly format: "json" | "toml";
  /** What its file has besides command and arguments. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Where each keeps its servers, as its vendor documents it (2026-11). */
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
    // Its own bound is 60 s, which a model that thinks takes.
    more: { tool_timeout_sec: 600 },
  },
  cursor: {
    title: "Cursor",
    path: () => join(homedir(), ".cursor", "mcp.json"),
    format: "json",
  },
};

export const agentNames: readonly string[] = Object.keys(agents);
