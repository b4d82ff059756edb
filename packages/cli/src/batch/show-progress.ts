import type { BatchProgress } from "@acc/batch";
import { isQuiet, tell, widthOf } from "../output/terminal.ts";
import { progressBar, progressText } from "./progress-text.ts";

/** Milliseconds between two updates. */
const onTerminal = 100;
const elsewhere = 10_000;

export interface ProgressView {
  /** Records how far the batch has got. */
  note(progress: BatchProgress): void;
  /** Removes the bar. */
  end(): void;
}

/** Shows a bar on a terminal, or a line every ten seconds elsewhere. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr): ProgressView {
  if (isQuiet()) return { note: () => {}, end: () => {} };
  const isBar = stream.isTTY && process.env.TERM !== "dumb";
  const begun = performance.now();
  let latest: BatchProgress | undefined;
  let told: BatchProgress | undefined;
  const draw = () => {
    if (latest === undefined || latest === told) return;
    told = latest;
    const pace = { progress: latest, ms: performance.now() - begun };
    if (isBar) stream.write(`\r\u001b[K${progressBar(pace, widthOf(stream))}`);
    else tell(progressText(pace));
  };
  const timer = setInterval(draw, isBar ? onTerminal : elsewhere).unref();
  return {
    note(progress) {
      latest = progress;
    },
    end() {
      clearInterval(timer);
      if (isBar) stream.write("\r\u001b[K");
    },
  };
}
