import { type CommandStoreOptions, createCommandStore } from "../../src/outside/command.ts";
import { temporaryProgram } from "./temporary-program.ts";

export const open = (lines: string, more: Partial<CommandStoreOptions> = {}) =>
  createCommandStore({
    command: [temporaryProgram(lines), "{}"],
    names: { groq_api_key: "llm/groq" },
    ...more,
  });
