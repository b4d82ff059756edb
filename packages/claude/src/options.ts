/** Options of the Claude provider besides those that every client takes. It has none yet. */
export type ClaudeOptions = object;
