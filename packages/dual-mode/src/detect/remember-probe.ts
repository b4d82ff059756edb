import { DualModeError } from "../error.ts";
import { processWide } from "../host/process-wide.ts";
import { spawnFailure } from "./spawn-failure.ts";

interface Memo {
  readonly identity: string;
  readonly result: Promise<unknown>;
}

const memos: Map<string, Memo> = processWide("probes", () => new Map());

/**
 * Probes a command once per process, as long as its file stays the same; a failed probe is not
 * remembered.
 *
 * @param name Names the question ("version"): answers to different questions are stored separately.
 * @throws {@link DualModeError} `CLI_NOT_FOUND` if the file is gone; the error of the probe.
 */
export async function rememberProbe<T>(
  command: string,
  name: string,
  probe: () => Promise<T>,
): Promise<T> {
  const identity = await identityOf(command);
  const key = `${name}\0${command}`;
  const known = memos.get(key);
  if (known?.identity === identity) {
    return joined(known.result as Promise<T>, () => rememberProbe(command, name, probe));
  }
  const memo: Memo = { identity, result: probe() };
  memos.set(key, memo);
  memo.result.catch(() => {
    if (memos.get(key) === memo) {
      memos.delete(key);
    }
  });
  return memo.result as Promise<T>;
}

/** The first caller may abort: then those who joined probe again. */
async function joined<T>(result: Promise<T>, askAnew: () => Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (DualModeError.is(error) && error.code === "ABORTED") return askAnew();
    throw error;
  }
}

/** npm gives all unpacked files the same mtime, so the ctime is needed to tell versions apart. */
async function identityOf(command: string): Promise<string> {
  try {
    const { stat } = await import("node:fs/promises");
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(command, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(":");
  } catch (cause) {
    throw spawnFailure(command, cause);
  }
}
