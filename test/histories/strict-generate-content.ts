import { isObject, loneSurrogate, type StrictRule } from "./strict-rule.ts";

interface Part {
  readonly text?: string;
  readonly functionCall?: { readonly id?: string; readonly name: string; readonly args?: unknown };
  readonly functionResponse?: {
    readonly id?: string;
    readonly name: string;
    readonly response?: unknown;
    readonly parts?: unknown;
  };
  readonly inlineData?: { readonly mimeType: string };
  readonly thoughtSignature?: string;
}

interface Content {
  readonly role: string;
  readonly parts: readonly Part[];
}

export interface GenerateContentBody {
  readonly contents: readonly Content[];
  readonly tools?: readonly {
    readonly functionDeclarations?: readonly { readonly name: string }[];
  }[];
}

/** What the server signs its calls with: base64, as the API does. */
export const geminiProof = "c2lnbmVkLWJ5LWdlbWluaQ==";
const placeholder = "skip_thought_signature_validator";

const calls = (content: Content | undefined) =>
  (content?.parts ?? []).flatMap(({ functionCall }) => functionCall ?? []);
const responses = (content: Content | undefined) =>
  (content?.parts ?? []).flatMap(({ functionResponse }) => functionResponse ?? []);

/** Google's generateContent, as strict as people report it. */
const common: readonly StrictRule<GenerateContentBody>[] = [
  {
    says: "Unsupported MIME type: image/gif",
    source: "microsoft/vscode#286628, Mai-with-u/MaiBot#1435",
    broken: ({ contents }) =>
      contents.some(({ parts }) => parts.some((each) => each.inlineData?.mimeType === "image/gif")),
  },
  {
    says: "Invalid JSON payload received. Unexpected end of string: lone surrogate",
    source: "anomalyco/opencode#13985 (of any JSON API)",
    broken: (_, raw) => loneSurrogate.test(raw),
  },
  {
    says: "Role 'function' is not supported. Please use a valid role: user, model.",
    source: "sashiko-dev/sashiko#500, songquanpeng/one-api#1385",
    broken: ({ contents }) => contents.some(({ role }) => role !== "user" && role !== "model"),
  },
  {
    says: "contents.parts must not be empty",
    source: "vercel/ai#3775, langchain-ai/langchainjs#9987",
    broken: ({ contents }) => contents.some(({ parts }) => parts.length === 0),
  },
  {
    says: "contents.parts.data: required oneof field 'data' must have one initialized field",
    source: "router-for-me/CLIProxyAPI#1292, boldsoftware/sketch#68",
    broken: ({ contents }) =>
      contents.some(({ parts }) => parts.some(({ text }) => text?.trim() === "")),
  },
  {
    says: "Please ensure that multiturn requests alternate between user and model",
    source: "the API's own words; no report was looked up",
    broken: ({ contents }) =>
      contents.some(({ role }, index) => role === contents[index - 1]?.role) ||
      contents[0]?.role !== "user" ||
      contents.at(-1)?.role !== "user",
  },
  {
    says: "Please ensure that function call turn comes immediately after a user turn or after a function response turn.",
    source: "google-gemini/gemini-cli#3814",
    broken: ({ contents }) =>
      contents.some(
        (content, index) => calls(content).length > 0 && contents[index - 1]?.role !== "user",
      ),
  },
  {
    says: "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.",
    source: "google-gemini/gemini-cli#16543, microsoft/vscode#299295",
    broken: ({ contents }) =>
      contents.some(
        (content, index) => responses(content).length !== calls(contents[index - 1]).length,
      ),
  },
  {
    says: "functionResponse.name does not match functionCall.name",
    source: "AstrBotDevs/AstrBot#9876, CherryHQ/cherry-studio#16921",
    broken: ({ contents }) =>
      contents.some((content, index) => {
        const names = responses(content).map(({ name }) => name);
        return names.some((name, place) => name !== calls(contents[index - 1])[place]?.name);
      }),
  },
  {
    says: "Invalid value at 'contents.parts.function_call.args' (type.googleapis.com/google.protobuf.Struct)",
    source: "the reference: args and response are Structs, https://ai.google.dev/api/caching",
    broken: ({ contents }) =>
      contents.flatMap(calls).some(({ args }) => !isObject(args)) ||
      contents.flatMap(responses).some(({ response }) => !isObject(response)),
  },
  {
    says: "Invalid function name. Must start with a letter or an underscore.",
    source: "the reference of FunctionDeclaration, https://ai.google.dev/api/caching",
    broken: ({ contents, tools = [] }) =>
      [
        ...contents.flatMap(calls),
        ...tools.flatMap((tool) => tool.functionDeclarations ?? []),
      ].some(({ name }) => !/^[a-zA-Z_][\w.:-]{0,127}$/.test(name)),
  },
];

const upToTwo: StrictRule<GenerateContentBody> = {
  says: "Invalid JSON payload received. Unknown name \"id\" at 'contents.parts.function_call'",
  source: "AstrBotDevs/AstrBot#7386, Darkatse/TauriTavern#84",
  broken: ({ contents }) =>
    [...contents.flatMap(calls), ...contents.flatMap(responses)].some(({ id }) => id !== undefined),
};

const noParts: StrictRule<GenerateContentBody> = {
  says: "Multimodal function responses are not supported on this model",
  source: "maximhq/bifrost#4202, NousResearch/hermes-agent#96466",
  broken: ({ contents }) => contents.flatMap(responses).some(({ parts }) => parts !== undefined),
};

const fromThree: readonly StrictRule<GenerateContentBody>[] = [
  {
    says: "Function call is missing a thought_signature in functionCall parts.",
    source: "vercel/ai#15550, pipecat-ai/pipecat#5809",
    broken: ({ contents }) =>
      contents.some(({ parts }) => {
        const first = parts.find(({ functionCall }) => functionCall !== undefined);
        return first !== undefined && !first.thoughtSignature;
      }),
  },
  {
    says: "Corrupted thought signature.",
    source: "earendil-works/pi#654, https://ai.google.dev/gemini-api/docs/thought-signatures",
    broken: ({ contents }) =>
      contents
        .flatMap(({ parts }) => parts)
        .some(
          ({ thoughtSignature }) =>
            thoughtSignature !== undefined &&
            thoughtSignature !== geminiProof &&
            thoughtSignature !== placeholder,
        ),
  },
  {
    says: "functionResponse.id does not match functionCall.id",
    source: "router-for-me/CLIProxyAPI#5199, earendil-works/pi#7047",
    broken: ({ contents }) =>
      contents.some((content, index) => {
        const ids = responses(content).map(({ id }) => id);
        return ids.some(
          (id, place) => id === undefined || id !== calls(contents[index - 1])[place]?.id,
        );
      }),
  },
];

export function generateContentRules(model: string): readonly StrictRule<GenerateContentBody>[] {
  return /gemini-2/.test(model) ? [...common, upToTwo, noParts] : [...common, ...fromThree];
}
