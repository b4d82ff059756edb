import type { Client } from "../contract/client.ts";
import type { ChatRequest, Message } from "../contract/request.ts";
import type { RunToolsOptions } from "./contract.ts";

/** The arguments of a run, and the conversation that it fills. */
export interface GivenRun {
  readonly client: Client;
  readonly input: string | ChatRequest;
  readonly options: RunToolsOptions;
  readonly messages: Message[];
}
