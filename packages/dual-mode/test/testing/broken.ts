import type { CreateProvider } from "../../src/testing.ts";

/** A provider with one fault, and the rule that it breaks. */
export interface Broken {
  readonly fault: string;
  readonly rule: string;
  readonly create: CreateProvider;
}
