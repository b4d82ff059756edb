import type { BatchProgress } from "@acc/batch";

/** How fast a batch runs: the progress of this run, and the milliseconds it took so far. */
export interface Pace {
  readonly progress: BatchProgress;
  readonly ms: number;
}

/** The progress of a batch, in one line. */
export function progressText({ progress, ms }: Pace): string {
  const { lines, answered, failed, settled, cached, spent } = progress;
  const done = answered + failed;
  const rate = ms > 0 ? (settled * 1_000) / ms : 0;
  const left = rate > 0 && done < lines ? `${duration((lines - done) / rate)} left` : "";
  return [
    `${numbered(done)}/${numbered(lines)} (${percent(done, lines)} %)`,
    rate > 0 ? `${rate < 10 ? rate.toFixed(1) : numbered(Math.round(rate))}/s` : "",
    left,
    `${numbered(cached)} cached`,
    `${numbered(failed)} failed`,
    `$${spent.toFixed(spent < 1 ? 4 : 2)}`,
  ]
    .filter((part) => part !== "")
    .join("  ");
}

/** The same after a progress bar, cut to fit the columns. */
export function progressBar(pace: Pace, columns: number): string {
  const { lines, answered, failed } = pace.progress;
  const width = 20;
  const full = lines === 0 ? width : Math.floor(((answered + failed) / lines) * width);
  const text = `${"█".repeat(full)}${"░".repeat(width - full)} ${progressText(pace)}`;
  return text.slice(0, Math.max(0, columns - 1));
}

function percent(done: number, lines: number): number {
  return lines === 0 ? 100 : Math.floor((done / lines) * 100);
}

function numbered(count: number): string {
  return count.toLocaleString("en-US");
}

function duration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${Math.ceil(seconds)} s`;
}
