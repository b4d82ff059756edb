/** The flags of `acc chat`, as they were parsed. */
export interface ChatOptions {
  readonly provider?: readonly string[];
  readonly model?: string;
  readonly mode?: "cli" | "sdk";
  readonly prefer?: "cli" | "sdk";
  readonly system?: string;
  readonly temperature?: number;
  readonly file?: readonly string[];
  readonly schema?: string;
  readonly image?: readonly string[];
  readonly cache: boolean;
  readonly refresh?: boolean;
  readonly timeout?: number;
  readonly json?: boolean;
  readonly streamJson?: boolean;
  readonly verbose?: boolean;
  readonly interactive?: boolean;
}
