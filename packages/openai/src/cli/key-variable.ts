/** The variable that carries a key to Codex. */
export const commandKeyVariable = "CODEX_API_KEY";
