import { byId, element, table } from "./dom.js";
import { clock, count, dollars, percent } from "./format.js";
import { barsOf, drawBars, spans, sum } from "./plot.js";

const failuresOf = ({ failures }) => sum(Object.values(failures), (amount) => amount);

const calls = [
  { name: "from the cache", kind: "hit", of: ({ hits }) => hits },
  { name: "joined", kind: "joined", of: ({ joined }) => joined },
  { name: "asked", kind: "miss", of: ({ misses }) => misses },
  { name: "failed", kind: "failure", of: failuresOf },
];
const money = [
  { name: "spent", kind: "miss", of: ({ spentUsd }) => spentUsd },
  { name: "saved", kind: "hit", of: ({ savedUsd }) => savedUsd },
];

/** Draws all that is told of the minutes of a span: "hour" or "day". */
export function showTimeline(minutes, span, now) {
  const bars = barsOf(minutes, spans[span], now);
  const shown = bars.flatMap((bar) => bar.minutes);
  const words = (series, label) =>
    series.map(({ name, of }) => `${name} ${label(sum(shown, of))}`).join(", ");
  const whole = span === "hour" ? "The last hour" : "The last day";
  for (const [place, series, label] of [
    ["calls", calls, count],
    ["money", money, dollars],
  ]) {
    const summary = `${whole}, ${place}: ${words(series, label)}`;
    const axis =
      place === "calls" ? (value) => (Number.isInteger(value) ? count(value) : "") : label;
    drawBars(byId(`plot-${place}`), bars, series, { label, axis, summary });
    byId(`legend-${place}`).replaceChildren(
      ...series.map(({ name, kind, of }) =>
        element("li", { class: kind }, `${name} `, element("b", {}, label(sum(shown, of)))),
      ),
    );
  }
  showTiles(shown);
  showFailures(shown);
  showTable(bars);
}

function showTiles(shown) {
  const of = Object.fromEntries(calls.map((series) => [series.kind, sum(shown, series.of)]));
  const all = of.hit + of.joined + of.miss + of.failure;
  const tiles = [
    ["Calls", count(all)],
    ["Not asked anew", percent(of.hit + of.joined, all)],
    ["Failed", percent(of.failure, all)],
    ["Spent", dollars(sum(shown, ({ spentUsd }) => spentUsd))],
    ["Saved", dollars(sum(shown, ({ savedUsd }) => savedUsd))],
    ["Tokens paid for", count(sum(shown, ({ tokens }) => tokens))],
  ];
  byId("tiles").replaceChildren(
    ...tiles.map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, value)),
    ),
  );
}

function showFailures(shown) {
  const byCode = new Map();
  for (const { failures } of shown) {
    for (const [code, amount] of Object.entries(failures)) {
      byCode.set(code, (byCode.get(code) ?? 0) + amount);
    }
  }
  const rows = [...byCode].sort(([, one], [, other]) => other - one);
  if (rows.length === 0) {
    byId("failures").replaceChildren();
    return;
  }
  const list = rows.map(([code, amount]) =>
    element("li", {}, element("code", {}, code), ` ${count(amount)}`),
  );
  byId("failures").replaceChildren(
    element("h3", {}, "Failures by code"),
    element("ul", { class: "codes" }, list),
  );
}

function showTable(bars) {
  const titles = ["From", ...calls.map(({ name }) => name), ...money.map(({ name }) => name)];
  const rows = bars
    .filter(({ minutes }) => minutes.length > 0)
    .map(({ at, minutes }) => [
      clock(at, false),
      ...calls.map(({ of }) => count(sum(minutes, of))),
      ...money.map(({ of }) => dollars(sum(minutes, of))),
    ])
    .reverse();
  byId("plot-table").replaceChildren(table("Calls over time, latest first", titles, rows));
}
