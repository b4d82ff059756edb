import { createClaude } from "@acc/claude";
import type { Client, ClientOptions } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import Groq from "groq-sdk";
import type { Shape } from "../../test/played/played-limit.ts";
import type { Bench, Goal, Row, Table } from "../harness/report.ts";
import { type LimitedVendor, startLimitedVendor } from "./limited-vendor.ts";
import { served } from "./served.ts";

const CALLS = 200;
const shapes = ["bucket", "window"] as const;
/** Calls are let go at once until the limit is met, and then as many an interval. */
const FLOOR_MS = (CALLS / served.limit - 1) * served.interval;

/** One way to have 200 calls answered. */
interface Subject {
  readonly name: string;
  readonly kind: Row["kind"];
  readonly atOnce: number;
  /** Asks the vendor once, with a key that no other subject has. */
  open(url: string, key: string): { ask(prompt: string): Promise<unknown>; close(): Promise<void> };
}

interface Outcome {
  readonly ms: number;
  readonly answered: number;
  readonly requests: number;
}

export const bench: Bench = {
  title: "200 calls against a limit of 20 a second, with Retry-After of one",
  async run() {
    const tables = await Promise.all(shapes.map(ofShape));
    return { tables: tables.flat(), goals: tables.flatMap(goalsOf), remarks };
  },
};

const remarks = [
  "Another process plays the vendor, by a bucket of 20 that fills up bit by bit or by windows of a second that begin with a call. Under either 20 calls go at once and the last of 200 after nine seconds: that is the floor.",
  "All is at its defaults. What a first call loads is loaded before, with another key. The SDK's own retries are two.",
];

const ours = (
  name: string,
  create: (options: ClientOptions) => Client,
  atOnce: number,
): Subject => ({
  name: `${name}, ${atOnce} at once`,
  kind: "ours",
  atOnce,
  open(url, key) {
    const client = create({ apiKey: key, baseUrl: url, only: "sdk", secrets: false, cache: false });
    return { ask: (prompt) => client.chat(prompt), close: () => client.close() };
  },
});

const sdk = (atOnce: number): Subject => ({
  name: `groq-sdk, ${atOnce} at once`,
  kind: "peer",
  atOnce,
  open(url, key) {
    const client = new Groq({ apiKey: key, baseURL: url });
    const ask = async (content: string) => {
      const messages = [{ role: "user" as const, content }];
      const model = "openai/gpt-oss-120b";
      const stream = await client.chat.completions.create({ model, messages, stream: true });
      for await (const _ of stream);
    };
    return { ask, close: async () => {} };
  },
});

const subjects: readonly Subject[] = [
  ...[1, 16, 64, 256].map((atOnce) => ours("@acc/groq", createGroq, atOnce)),
  ours("@acc/claude", createClaude, 64),
  ours("@acc/gemini", createGemini, 64),
  ours("@acc/openai", createOpenAI, 64),
  sdk(64),
];

async function ofShape(shape: Shape): Promise<Table[]> {
  using vendor = await startLimitedVendor(shape);
  const outcomes = new Map<Subject, Outcome>();
  for (const subject of subjects) outcomes.set(subject, await measured(subject, vendor));
  const table = (
    title: string,
    unit: Table["unit"],
    floor: number,
    of: (outcome: Outcome) => number,
  ): Table => {
    const rows = [...outcomes].map(([{ name, kind }, outcome]) => {
      const figure = of(outcome);
      return { subject: name, kind, figure, ratio: figure / floor };
    });
    const least: Row = { subject: "the limit", kind: "floor", figure: floor, ratio: 1 };
    return { title: `${title}, ${shape}`, unit, reference: least.subject, rows: [...rows, least] };
  };
  return [
    table("until all are answered or lost", "ms", FLOOR_MS, ({ ms }) => ms),
    table("answered of 200", "calls", CALLS, ({ answered }) => answered),
    table("asked for 200", "requests", CALLS, ({ requests }) => requests),
  ];
}

async function measured(subject: Subject, vendor: LimitedVendor): Promise<Outcome> {
  const { name, atOnce } = subject;
  const warm = subject.open(vendor.url, `warm ${name}`);
  await warm.ask("hi");
  await warm.close();
  await vendor.requests();
  const { ask, close } = subject.open(vendor.url, name);
  let [next, answered] = [0, 0];
  const begun = performance.now();
  const worker = async () => {
    while (next < CALLS) {
      next++;
      await ask(`Say hello ${next}`).then(
        () => answered++,
        () => {},
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const ms = performance.now() - begun;
  await close();
  return { ms, answered, requests: await vendor.requests() };
}

function goalsOf([times, answered]: readonly Table[]): Goal[] {
  const own = (table: Table | undefined) =>
    (table?.rows ?? []).filter(({ kind }) => kind === "ours").map(({ ratio }) => ratio);
  const where = times?.title.split(", ").at(-1);
  return [
    {
      says: `all of 200 answered, by each, ${where}`,
      measured: Math.min(...own(answered)) * CALLS,
      atLeast: CALLS,
      unit: "calls",
    },
    {
      says: `no longer than the limit asks for, by each, ${where}`,
      measured: Math.max(...own(times)),
      atMost: 1.1,
      unit: "x",
    },
  ];
}
