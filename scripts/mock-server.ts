import { type Fixture, type JournalEntry, LLMock } from "@copilotkit/aimock";

/** A request that the server received. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The independent mock of the vendors' APIs, on a free port of loopback. */
export interface MockServer {
  /** The base URL for Claude, Gemini and Groq alike. */
  readonly url: string;
  /** What was received so far, oldest first. */
  requests(): readonly ReceivedRequest[];
  /** Forgets what was received. */
  forget(): void;
  close(): Promise<void>;
}

export interface MockServerOptions {
  /** Looked at in order; the first that matches answers. @default every prompt gets `defaultAnswer` */
  readonly fixtures?: readonly Fixture[];
  /** Milliseconds between two chunks of an answer. @default 0 */
  readonly latency?: number;
  /** Characters a chunk. @default 20 */
  readonly chunkSize?: number;
}

export const defaultAnswer = "A decorator is a function that wraps a class or one of its members.";

export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const { fixtures = [anyPrompt(defaultAnswer)], latency = 0, chunkSize = 20 } = options;
  const mock = new LLMock({ port: 0, host: "127.0.0.1", latency, chunkSize });
  mock.addFixtures([...fixtures]);
  const url = await mock.start();
  return {
    url,
    requests: () => mock.getRequests().map(received),
    forget: () => mock.clearRequests(),
    close: () => mock.stop(),
  };
}

/** Answers every prompt with this text. */
export function anyPrompt(content: string): Fixture {
  return { match: {}, response: { content } };
}

/** Refuses every prompt with this status. */
export function anyPromptFails(status: number, message: string, type = "api_error"): Fixture {
  return { match: {}, response: { status, error: { message, type } } };
}

function received({ method, path, headers, body }: JournalEntry): ReceivedRequest {
  return { method, path, headers, body };
}
