import { KEY_VERSION } from "@acc/cache";
import { Failure } from "../../failure.ts";
import { carFile, isSound } from "./block.ts";
import type { Contents, Exchanged } from "./exchanged.ts";

/**
 * Reads the answers of a file, after checking that each of its blocks matches its CID.
 *
 * @throws Failure `CAR_DAMAGED`, `CAR_FOREIGN`
 */
export async function answersOf(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
): Promise<Exchanged[]> {
  const { root, blocks } = await readBlocks(bytes, file);
  const contents = contentsOf(root, file);
  return contents.answers.map(({ request, response, namespace, tenant }) => {
    const value = blocks.get(response.toString());
    if (value === undefined) throw damaged(file, `lacks the block ${response}`);
    const asked = blocks.get(request.toString());
    return {
      cid: request.toString(),
      ...(typeof namespace === "string" && { namespace }),
      ...(typeof tenant === "string" && { tenant }),
      ...(asked !== undefined && { request: requestOf(asked.value, file) }),
      response: value.value,
    };
  });
}

interface Read {
  readonly root: unknown;
  /** The content of each block, by CID. */
  readonly blocks: ReadonlyMap<string, { readonly value: unknown }>;
}

async function readBlocks(bytes: AsyncIterable<Uint8Array>, file: string): Promise<Read> {
  const { CarBlockIterator, decode } = carFile();
  const blocks = new Map<string, { readonly value: unknown }>();
  try {
    const read = await CarBlockIterator.fromIterable(bytes);
    const [root] = await read.getRoots();
    for await (const block of read) {
      const cid = block.cid.toString();
      if (!(await isSound(block))) throw damaged(file, `holds other bytes than ${cid} is of`);
      blocks.set(cid, { value: decode(block.bytes) });
    }
    return { root: root && blocks.get(root.toString())?.value, blocks };
  } catch (error) {
    if (error instanceof Failure || isOfSystem(error)) throw error;
    throw damaged(file, `cannot be read as a CAR file: ${(error as Error).message}`, error);
  }
}

function contentsOf(root: unknown, file: string): Contents {
  const { format, version, answers } = (root ?? {}) as Partial<Contents>;
  const isOurs = format === "acc-answers" && Array.isArray(answers);
  if (isOurs && version === 1 && answers.every(isRow)) return root as Contents;
  const newer = isOurs && version !== 1 ? "It is of a later version: update acc." : undefined;
  throw new Failure(
    "CAR_FOREIGN",
    `${file} is a CAR file, but has no answers.`,
    newer ?? "Give one that acc cache export has written.",
  );
}

function isRow(row: Partial<Contents["answers"][number]> | null): boolean {
  const { CID } = carFile();
  const request = CID.asCID(row?.request)?.toString() ?? "";
  return request.startsWith("bafyrei") && CID.asCID(row?.response) !== null;
}

/** The keyed value is a pair: the version of the key's rules, and the request. */
function requestOf(value: unknown, file: string): unknown {
  const isRequest = Array.isArray(value) && value.length === 2 && value[0] === KEY_VERSION;
  if (isRequest) return value[1];
  throw damaged(file, "has a request that this version does not know");
}

function damaged(file: string, what: string, cause?: unknown): Failure {
  const fix = "Nothing was imported from it. Get the file again.";
  return new Failure("CAR_DAMAGED", `${file} ${what}.`, fix, cause);
}

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
