import { type CanonicalRequest, DualModeError, type RunContext } from "@acc/dual-mode/provider";
import type { FunctionDeclaration, GenerativeModel, Tool } from "@google/generative-ai";
import { toGenerationConfig } from "../generation-config.ts";

/** The SDK's model, bound to this route's key and address. */
export async function openModel(
  request: CanonicalRequest,
  context: RunContext<object>,
): Promise<GenerativeModel> {
  const { GoogleGenerativeAI } = await load();
  const { baseUrl } = context;
  return new GoogleGenerativeAI(keyOf(context)).getGenerativeModel(
    {
      model: checkedModel(request.model),
      generationConfig: toGenerationConfig(request),
      ...(request.system !== undefined && { systemInstruction: request.system }),
      ...(request.tools !== undefined && { tools: toTools(request.tools) }),
    },
    baseUrl === undefined ? {} : { baseUrl },
  );
}

function keyOf({ credential }: RunContext<object>): string {
  if (credential.kind === "key") return credential.secret.reveal();
  throw new DualModeError("MISSING_CREDENTIALS", "Gemini's SDK needs an API key.", {
    fix: "Set GEMINI_API_KEY, or store the key as google_api_key.",
  });
}

async function load(): Promise<typeof import("@google/generative-ai")> {
  try {
    return await import("@google/generative-ai");
  } catch (cause) {
    const message = "The package @google/generative-ai does not load.";
    throw new DualModeError("SDK_NOT_INSTALLED", message, {
      fix: "npm install @google/generative-ai",
      cause,
    });
  }
}

/** The SDK writes the name into the address as it is. */
function checkedModel(model: string): string {
  if (/^((models|tunedModels)\/)?[\w.-]+$/.test(model) && !model.includes("..")) return model;
  throw new DualModeError("INVALID_REQUEST", `"${model}" is not the name of a Gemini model.`, {
    fix: 'Use a name such as "gemini-2.5-flash".',
  });
}

function toTools(tools: NonNullable<CanonicalRequest["tools"]>): Tool[] {
  const functionDeclarations = tools.map(({ name, description, inputSchema }) => ({
    name,
    ...(description !== undefined && { description }),
    parametersJsonSchema: inputSchema,
  }));
  return [{ functionDeclarations: functionDeclarations as FunctionDeclaration[] }];
}
