/** The description of a tool for the client. */
export interface ToolInfo {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: { readonly type: "object" } & Readonly<Record<string, unknown>>;
  readonly annotations: Readonly<Record<string, boolean>>;
}

/** The tools change nothing: they send a question, and return an answer. */
const annotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: true,
};

const question = {
  prompt: {
    type: "string",
    description: "The whole question: the other model sees nothing else of this conversation.",
  },
  system: { type: "string", description: "The system prompt: how the model should answer." },
  files: {
    type: "array",
    items: { type: "string" },
    description: "Paths of text files, images or PDFs of this project to send along.",
  },
  schema: {
    type: "object",
    description: "A JSON Schema that the answer has to fit; the answer is then JSON.",
  },
  maxOutputTokens: { type: "integer", minimum: 1, description: "The most that it may answer." },
  refresh: {
    type: "boolean",
    description: "Ask again, even if the same request was answered before.",
  },
};

/** The tools of the server. */
export const tools: readonly ToolInfo[] = [
  {
    name: "ask",
    title: "Ask another model",
    description:
      "Asks a language model of any provider on this machine (Claude, Gemini, GPT, Groq and others) and " +
      "gives its answer: for a second opinion, a review, or what another model does better. It can read " +
      "and change nothing by itself.",
    inputSchema: {
      type: "object",
      properties: {
        ...question,
        provider: {
          type: "string",
          description:
            "The provider to ask, such as gemini; or several to try in order, such as gemini,openai. The tool " +
            "providers lists them. Without it, the first that can be asked.",
        },
        model: { type: "string", description: "One of its models; without it, its default." },
      },
      required: ["prompt"],
    },
    annotations,
  },
  {
    name: "compare",
    title: "Ask several models at once",
    description: "Asks the same of several providers at once, and gives all answers side by side.",
    inputSchema: {
      type: "object",
      properties: {
        ...question,
        providers: {
          type: "array",
          items: { type: "string" },
          minItems: 2,
          maxItems: 8,
          description:
            "Providers to ask: names such as claude, or claude/claude-haiku-5-5 for one of its models.",
        },
      },
      required: ["prompt", "providers"],
    },
    annotations,
  },
  {
    name: "providers",
    title: "Available providers",
    description:
      "Lists the providers of this machine, which of them can be asked, and their models.",
    inputSchema: { type: "object", properties: {} },
    annotations: { ...annotations, openWorldHint: false },
  },
];
