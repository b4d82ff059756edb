import { newsOf, showCalls } from "./calls.js";
import { byId } from "./dom.js";
import { letChangeKeys, prepareForm, showKeys } from "./keys.js";
import { showMachine, showSettings } from "./machine.js";
import { ask, enter, enterByAddress, follow, leave } from "./server.js";
import { showTimeline } from "./timeline.js";

const mostKept = 500;
/** Calls that are shown at first, and how many older ones at a time. */
const page = 20;
/** Milliseconds between two looks at the keys, and between two sentences for a screen reader. */
const pause = 5000;

/**
 * What the server told last; `count` says of which calls since its start, and `offset` is how far its
 * clock is ahead of this one, in milliseconds.
 */
const state = { count: 0, calls: [], minutes: [], offset: 0, hasKeys: false, shown: page };
const drawing = { isDue: false, news: [] };

await enterByAddress().catch(({ message }) => {
  byId("closed-reason").textContent = message;
});
await open();

async function open() {
  try {
    await load().catch(enterOrThrow);
  } catch (error) {
    // That it is closed, the page says already.
    if (error.code !== "PAGE_CLOSED") byId("closed-reason").textContent = error.message;
    byId("sign-in").hidden = error.signIn !== "oidc";
    return;
  }
  byId("closed").hidden = true;
  byId("open").hidden = false;
  byId("leave").hidden = false;
  byId("address").textContent = location.host;
  byId("leave").addEventListener("click", leave);
  for (const radio of document.querySelectorAll("[name=span]")) {
    radio.addEventListener("change", draw);
  }
  byId("find").addEventListener("input", draw);
  byId("pause").addEventListener("change", draw);
  byId("older").addEventListener("click", () => {
    state.shown += page;
    draw();
  });
  new ResizeObserver(draw).observe(byId("plot-calls"));
  setInterval(draw, 15_000);
  setInterval(tellNews, pause);
  prepareForm();
  draw();
  await follow(onEvent);
}

/** Where a proxy lets people in, it has said already who asks. */
async function enterOrThrow(error) {
  if (error.status !== 401 || error.signIn !== "proxy") throw error;
  await enter({});
  await load();
}

async function load() {
  const told = await ask("GET", "/acc/state");
  const { count, calls, minutes, now, machine, models, settings, hasKeys, reader } = told;
  Object.assign(state, { count, calls, minutes, hasKeys, offset: now - Date.now() });
  showMachine(machine);
  byId("reader").textContent = reader.name === "owner" ? "" : reader.name;
  letChangeKeys(reader.keys);
  const first = machine.find(({ keys, cli }) => keys.length > 0 || cli?.login);
  showSettings(settings, [...models, ...(first ? [`${first.provider}/${first.model}`] : [])]);
  byId("keys").hidden = !hasKeys;
  if (hasKeys) await showKeys();
}

async function onEvent(type, data) {
  if (type === "left") location.reload();
  else if (type === "open" || type === "missed") await load().catch(() => {});
  else if (type === "call") add(data);
  if (type === "open" || type === "closed") showConnection(type);
  draw();
}

function showConnection(now) {
  byId("live").dataset.state = now;
  byId("live-text").textContent = now === "open" ? "live" : "not connected";
}

function add({ count, call, minute }) {
  if (count <= state.count) return;
  state.count = count;
  state.calls.push(call);
  if (state.calls.length > mostKept) state.calls.shift();
  state.minutes = [...state.minutes.filter((each) => each.minute !== minute.minute), minute];
  drawing.news.push(call);
}

/** Draws in the next frame, however often it is asked before. */
function draw() {
  if (drawing.isDue) return;
  drawing.isDue = true;
  requestAnimationFrame(() => {
    drawing.isDue = false;
    const span = document.querySelector("[name=span]:checked").value;
    showTimeline(state.minutes, span, Date.now() + state.offset);
    if (!byId("pause").checked) showCalls(state.calls, byId("find").value, state.shown);
  });
}

function tellNews() {
  if (drawing.news.length === 0) return;
  byId("status").textContent = newsOf(drawing.news);
  drawing.news = [];
  if (state.hasKeys) showKeys().catch(() => {});
}
