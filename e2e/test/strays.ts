/** Stands where nothing may be read, and must never be sent. */
export const canary = "canary-of-this-machine";

/** What the environment of a caller may hold: keys and settings of every vendor, for everybody else. */
export const strayVariables: Readonly<Record<string, string | undefined>> = {
  ACC_E2E_CANARY: canary,
  ANTHROPIC_API_KEY: canary,
  ANTHROPIC_AUTH_TOKEN: canary,
  ANTHROPIC_BASE_URL: `http://127.0.0.1:9/${canary}`,
  ANTHROPIC_CUSTOM_HEADERS: `x-stray: ${canary}`,
  CLAUDE_CODE_EXTRA_BODY: JSON.stringify({ stray: canary }),
  CLAUDE_CODE_OAUTH_TOKEN: canary,
  CLAUDE_CONFIG_DIR: undefined,
  GEMINI_API_KEY: canary,
  GOOGLE_API_KEY: canary,
  GOOGLE_CLOUD_PROJECT: canary,
  GOOGLE_GEMINI_BASE_URL: `http://127.0.0.1:9/${canary}`,
  GOOGLE_GENAI_USE_VERTEXAI: "true",
  GROQ_API_KEY: canary,
  GROQ_BASE_URL: `http://127.0.0.1:9/${canary}`,
  GROQ_CUSTOM_HEADERS: `x-stray: ${canary}`,
  OPENAI_API_KEY: canary,
  OPENAI_ADMIN_KEY: canary,
  OPENAI_BASE_URL: `http://127.0.0.1:9/${canary}`,
  OPENAI_CUSTOM_HEADERS: `authorization: Bearer ${canary}`,
  OPENAI_LOG: "debug",
  OPENAI_ORG_ID: canary,
  OPENAI_PROJECT_ID: canary,
  CODEX_API_KEY: canary,
  CODEX_HOME: undefined,
};

const hook = { type: "command", command: 'touch "$HOME/hook-has-run"' };
const server = { stray: { command: "false" } };
const skill = `---\nname: stray\ndescription: ${canary}\n---\n${canary}\n`;

/** What the home of a caller may hold: settings, memories and servers that no run may load. */
export const strayFiles: Readonly<Record<string, string>> = {
  ".env": `GEMINI_API_KEY=${canary}\n`,
  ".claude.json": JSON.stringify({ hasCompletedOnboarding: true, mcpServers: server }),
  ".claude/settings.json": JSON.stringify({
    env: { ANTHROPIC_CUSTOM_HEADERS: `x-stray: ${canary}` },
    hooks: { SessionStart: [{ hooks: [hook] }] },
  }),
  ".claude/CLAUDE.md": canary,
  ".gemini/settings.json": JSON.stringify({ mcpServers: server }),
  ".gemini/.env": `GEMINI_API_KEY=${canary}\n`,
  ".gemini/GEMINI.md": canary,
  ".codex/config.toml": `developer_instructions = "${canary}"\n[mcp_servers.stray]\ncommand = "false"\n`,
  ".codex/AGENTS.md": canary,
  ".codex/skills/stray/SKILL.md": skill,
  ".agents/skills/stray/SKILL.md": skill,
};
