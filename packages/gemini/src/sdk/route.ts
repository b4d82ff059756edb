import { DualModeError, type RunContext } from "@acc/dual-mode/provider";

/** Where a request goes and with which key. */
export interface Route {
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly signal: AbortSignal;
  readonly alive: () => void;
}

export function toRoute(context: RunContext<object>, signal: AbortSignal): Route {
  const { baseUrl, credential } = context;
  if (credential.kind !== "key") {
    throw new DualModeError("MISSING_CREDENTIALS", "Gemini's SDK needs an API key.", {
      fix: "Set GEMINI_API_KEY, or store the key as google_api_key.",
    });
  }
  const apiKey = credential.secret.reveal();
  const alive = () => context.alive();
  return { apiKey, signal, alive, ...(baseUrl !== undefined && { baseUrl }) };
}

/** @throws {@link DualModeError} `INVALID_REQUEST`: the SDKs write the name into the address as it is. */
export function checkModel(model: string): void {
  if (/^((models|tunedModels)\/)?[\w.-]+$/.test(model) && !model.includes("..")) return;
  throw new DualModeError("INVALID_REQUEST", `"${model}" is not the name of a Gemini model.`, {
    fix: 'Use a name such as "gemini-2.5-flash".',
  });
}
