import { shape } from "./dom.js";
import { clock } from "./format.js";

const size = { above: 8, bars: 142, below: 20 };
const bottom = size.above + size.bars;

/** Minutes of a span, in bars of `step` minutes. */
export const spans = { hour: { minutes: 60, step: 1 }, day: { minutes: 1440, step: 15 } };

/** The bars of a span, the present one last: their start, and the minutes in which something happened. */
export function barsOf(minutes, { minutes: length, step }, now) {
  const amount = length / step;
  const first = Math.floor(now / 60_000 / step) - amount + 1;
  const bars = Array.from({ length: amount }, (_, index) => ({
    at: (first + index) * step * 60_000,
    minutes: [],
  }));
  for (const minute of minutes)
    bars[Math.floor(minute.minute / step) - first]?.minutes.push(minute);
  return bars;
}

export const sum = (items, of) => items.reduce((total, item) => total + of(item), 0);

/**
 * Draws stacked bars. `series` are { name, kind, of }, the lowest first; `label` says a value, `axis`
 * says it beside the grid, and `summary` says what the whole shows.
 */
export function drawBars(place, bars, series, { label, axis, summary }) {
  const width = Math.max(240, place.clientWidth);
  const stacks = bars.map(({ minutes }) => series.map(({ of }) => sum(minutes, of)));
  const top = niceTop(Math.max(...stacks.map((stack) => sum(stack, (value) => value))));
  const marks = [0, top / 2, top].map((value) => ({ text: axis(value), y: heightOf(value, top) }));
  const left = 10 + 7 * Math.max(...marks.map(({ text }) => text.length));
  const pitch = (width - left) / bars.length;
  const drawn = bars.map(({ at }, index) => {
    const said = series.map(({ name }, row) => `${name} ${label(stacks[index][row])}`).join(", ");
    const column = { x: left + index * pitch, width: Math.max(1, pitch - 1.5) };
    return stackOf(column, stacks[index], series, top, `${clock(at, false)}: ${said}`);
  });
  const box = { viewBox: `0 0 ${width} ${bottom + size.below}`, height: bottom + size.below };
  const picture = { width, role: "img", "aria-label": summary };
  place.replaceChildren(
    shape("svg", { ...box, ...picture }, grid(marks, left, width), drawn, times(bars, left, pitch)),
  );
}

function heightOf(value, top) {
  return bottom - (size.bars * value) / top;
}

function stackOf({ x, width }, stack, series, top, said) {
  let under = 0;
  const parts = stack.map((value, row) => {
    const from = heightOf(under, top);
    under += value;
    const y = heightOf(under, top);
    return value > 0 && shape("rect", { x, y, width, height: from - y, class: series[row].kind });
  });
  const hit = shape("rect", { x, y: size.above, width, height: size.bars, class: "hit-area" });
  return shape("g", {}, shape("title", {}, said), hit, parts.filter(Boolean));
}

function grid(marks, left, width) {
  return marks.map(({ text, y }) =>
    shape(
      "g",
      {},
      shape("line", { x1: left, x2: width, y1: y, y2: y, class: "grid" }),
      shape("text", { x: left - 6, y: y + 4, "text-anchor": "end" }, text),
    ),
  );
}

/** Four times under the bars, none of which touches the next. */
function times(bars, left, pitch) {
  const every = bars.length / 4;
  return [0, 1, 2, 3].map((quarter) => {
    const index = quarter * every;
    return shape("text", { x: left + index * pitch, y: bottom + 15 }, clock(bars[index].at, false));
  });
}

/** The next of 1, 2, 5, 10, 20 … that is no less. */
function niceTop(most) {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([1, 2, 5, 10].find((step) => step * power >= most) ?? 10);
}
