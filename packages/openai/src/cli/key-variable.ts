/** The environment variable with which Codex receives a key. */
export const commandKeyVariable = "CODEX_API_KEY";
