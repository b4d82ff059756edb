import { createGroq } from "@acc/groq";
import { median, row } from "../harness/compare.ts";
import { key } from "../harness/dummy-key.ts";
import type { Bench, Goal, Row, Table } from "../harness/report.ts";
import { startVendors } from "../harness/vendors.ts";
import type { Ask } from "./ask.ts";
import { bare, type Gateway, portkey, started } from "./gateway.ts";
import { bodyOf, type Loaded, load } from "./load.ts";
import { sdkAlone } from "./sdk-alone.ts";

const rounds = 3;
const counts = [1, 32, 256] as const;
const whole: Ask = { pieces: 2, stream: false, distinct: true };
const streamed: Ask = { pieces: 100, stream: true, distinct: true };
const cached: Ask = { pieces: 2, stream: false, distinct: false };

interface Subject {
  readonly name: string;
  readonly kind: Row["kind"];
  load(ask: Ask, connections: number): Promise<Loaded>;
}

const ours = "@acc/server";
const peer = "Portkey's gateway";

export const bench: Bench = {
  title: "a call through a local server",
  async run() {
    using vendors = await startVendors();
    const tables: Table[] = [];
    const goals: Goal[] = [];
    using proxied = await started("acc-process.ts", vendors.url);
    using other = await portkey(vendors.url);
    using sdk = await sdkAlone(vendors.url);
    const gateways: Subject[] = [
      subject(ours, "ours", proxied),
      subject(peer, "peer", other),
      { name: "groq-sdk, serving nobody", kind: "floor", load: sdk.load },
      subject("the vendor itself", "floor", bare(vendors.url)),
    ];
    for (const [title, ask, subjects] of [
      ["a call", whole, gateways],
      ["a streamed call of 100 pieces", streamed, gateways],
    ] as const) {
      for (const connections of counts) {
        const { rate, p99 } = await measure(
          `${title}, ${at(connections)}`,
          subjects,
          ask,
          connections,
        );
        tables.push(rate, p99);
        goals.push(...againstPeer(rate, p99, ask === whole ? 4 : 2));
      }
    }
    goals.push(await overhead(proxied, vendors.url));
    using keeping = await started("acc-process.ts", vendors.url, "cached");
    const answer = await answerOf(keeping, cached);
    using hello = await started("hello-process.ts", answer);
    const kept: Subject[] = [
      subject(ours, "ours", keeping),
      subject("a bare hono", "floor", hello),
    ];
    for (const connections of counts) {
      const title = `a cached call, ${at(connections)}`;
      const { rate, p99 } = await measure(title, kept, cached, connections);
      tables.push(rate, p99);
      const measured = row(rate.rows, ours).figure / row(rate.rows, "a bare hono").figure;
      goals.push({ says: `${title}: of a bare hono's`, measured, atLeast: 0.5, unit: "x" });
    }
    return { tables, goals, remarks };
  },
};

const remarks = [
  "groq-sdk is the official SDK by which @acc/groq calls, asked in a loop of as many calls at once as there are connections, for the answer as one document where a call is not streamed. It takes no request and writes no answer; a server that calls by it does both besides.",
  "Every one is a process of its own on the same machine: the load, the server and the vendor, which share its cores. Each question is another one, but for the cached call.",
  "Portkey's gateway runs as its package starts it, with the vendor's address as its custom host; it keeps no answers, retries nothing and asks nobody for a token. It runs with the @hono/node-server that its repository locks (1.13.5): with those of its range from 1.14 on it answers each stream with 500. Of a stream it holds back what follows the first event for 25 ms.",
];

function subject(name: string, kind: Row["kind"], gateway: Gateway): Subject {
  return { name, kind, load: (ask, connections) => load(gateway, ask, connections) };
}

function at(connections: number): string {
  return connections === 1 ? "1 connection" : `${connections} connections`;
}

/** In turns, each time in another order: answers a second, and the time that 99 of 100 keep to. */
async function measure(
  title: string,
  subjects: readonly Subject[],
  ask: Ask,
  connections: number,
): Promise<{ rate: Table; p99: Table }> {
  const seen = new Map<Subject, Loaded[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const subject = subjects[(turn + round) % subjects.length] as Subject;
      seen.get(subject)?.push(await subject.load(ask, connections));
    }
  }
  const reference = subjects.at(-1) as Subject;
  const rows = (figure: (loaded: Loaded) => number): Row[] =>
    subjects.map((subject) => {
      const own = (seen.get(subject) as Loaded[]).map(figure);
      const base = (seen.get(reference) as Loaded[]).map(figure);
      const ratio = median(own.map((value, round) => value / (base[round] as number)));
      return { subject: subject.name, kind: subject.kind, figure: median(own), ratio };
    });
  const { name } = reference;
  return {
    rate: {
      title: `${title}: a second`,
      unit: "ops/s",
      reference: name,
      rows: rows((one) => one.rate),
    },
    p99: { title: `${title}: p99`, unit: "ms", reference: name, rows: rows((one) => one.p99) },
  };
}

function againstPeer(rate: Table, p99: Table, atLeast: number): Goal[] {
  const times = (table: Table) => row(table.rows, ours).figure / row(table.rows, peer).figure;
  return [
    { says: `${rate.title}, to Portkey's`, measured: times(rate), atLeast, unit: "x" },
    { says: `${p99.title}, to Portkey's`, measured: times(p99), atMost: 1 / 3, unit: "x" },
  ];
}

/** What the server adds to `client.chat` where one call follows the other. */
async function overhead(gateway: Gateway, baseUrl: string): Promise<Goal> {
  const options = { apiKey: key, baseUrl, only: "sdk", secrets: false, cache: false } as const;
  await using client = createGroq({ ...options, model: "openai/gpt-oss-120b" });
  const means: number[] = [];
  for (let round = 0; round < rounds * 2; round++) {
    const begun = performance.now();
    const calls = 500;
    for (let call = 0; call < calls; call++) await client.chat("Say hello in 2 pieces");
    const own = (performance.now() - begun) / calls;
    if (round > 0) means.push((await load(gateway, whole, 1)).mean - own);
  }
  return { says: "a call, over client.chat", measured: median(means), atMost: 1, unit: "ms" };
}

async function answerOf({ url, headers, model }: Gateway, ask: Ask): Promise<string> {
  const response = await fetch(url, { method: "POST", headers, body: bodyOf(ask, model) });
  return response.text();
}
