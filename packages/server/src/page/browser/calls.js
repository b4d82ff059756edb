import { byId, element, table } from "./dom.js";
import { clock, count, dollars, duration } from "./format.js";

const titles = [
  "Time",
  "Caller",
  "Asked",
  "Answered by",
  "Took",
  "Tokens in / out",
  "Cost",
  "Result",
];

/** Shows the last calls, newest first, of which each has `find` somewhere. */
export function showCalls(calls, find, shown) {
  const wanted = find.trim().toLowerCase();
  const found = calls.filter((call) => textOf(call).includes(wanted)).reverse();
  if (found.length === 0) {
    const none = wanted === "" ? "No call has come yet." : "No call has that in it.";
    byId("calls").replaceChildren(element("p", { class: "none" }, none));
    byId("older").hidden = true;
    return;
  }
  const rows = found.slice(0, shown).map(cellsOf);
  byId("calls").replaceChildren(table("The last calls, newest first", titles, rows));
  byId("older").hidden = found.length <= shown;
}

function textOf({ caller, asked, provider, model, mode, code, id, wire }) {
  return [caller, asked, provider, model, mode, code, id, wire].join(" ").toLowerCase();
}

function cellsOf(call) {
  const { at, caller, asked, wire, ms, firstMs, usage, costUsd, savedUsd, prompt } = call;
  const first = firstMs === undefined ? "" : `first ${duration(firstMs)}`;
  const saved = savedUsd === undefined ? "" : `saved ${dollars(savedUsd)}`;
  return [
    element(
      "time",
      { datetime: new Date(at).toISOString(), title: `${wire}, ${call.id}` },
      clock(at),
    ),
    caller,
    [element("span", {}, asked), prompt && element("p", { class: "prompt" }, prompt)],
    answeredBy(call),
    [duration(ms), first && small(first)],
    tokens(usage),
    [dollars(costUsd), saved && small(saved)],
    result(call),
  ];
}

const small = (text) => element("small", {}, text);

function answeredBy({ provider, model, mode, warm, attempts, fallback }) {
  if (provider === undefined) return "";
  const tried = attempts > 1 ? `${attempts} attempts` : "";
  return [
    element("span", {}, `${provider}/${model ?? ""}`),
    small([mode, warm && "warm", tried, fallback && "fallback"].filter(Boolean).join(", ")),
  ];
}

function tokens(usage) {
  if (usage === undefined) return "";
  const { inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, outputTokens = 0 } = usage;
  return `${count(inputTokens + cacheReadTokens + cacheWriteTokens)} / ${count(outputTokens)}`;
}

function result({ status, code, cached, joined, fallback }) {
  if (code !== undefined || status >= 400) return tag("failure", `${code ?? "failed"} ${status}`);
  if (cached) return tag("hit", "cached");
  if (joined) return tag("joined", "joined");
  return fallback ? tag("fallback", "fallback") : tag("miss", "answered");
}

const tag = (kind, text) => element("span", { class: `tag ${kind}` }, text);

/** What a screen reader is told of the calls that came since it was told last. */
export function newsOf(calls) {
  const failed = calls.filter(({ code, status }) => code !== undefined || status >= 400).length;
  const came = calls.length === 1 ? "One new call" : `${calls.length} new calls`;
  return failed === 0 ? `${came}.` : `${came}, ${failed} failed.`;
}
