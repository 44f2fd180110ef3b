// Puts the parts together: what comes from the stand-in goes to the screen, what is pressed goes to the stand-in.

import { act, ask, Listener, Refusal } from "./api.js";
import { Composer } from "./composer.js";
import { $, alertBox, avatar, toast } from "./dom.js";
import { Menu } from "./menu.js";
import { Model } from "./model.js";
import { dialog, language, Side } from "./side.js";
import { Thread } from "./thread.js";

const TYPING_MS = 5500;
const ANSWER_MS = 30000;
const narrow = matchMedia("(max-width: 44rem)");

const model = new Model();
const composer = new Composer(model);
const thread = new Thread(model, () => composer.speaker);
const side = new Side(model, (chat) => open(chat));
const waiting = new Map();
const early = new Set();
let current = null;
let typing = 0;

async function open(id, { focus = true } = {}) {
  // A chat that was made a moment ago may be known here before its event arrives.
  if (!model.chats.has(id)) model.people((await ask("state")).people);
  const chat = model.chats.get(id) ?? model.chats.values().next().value;
  if (!chat) return;
  current = chat.id;
  if (!model.messages(chat.id)) model.load(chat.id, (await ask("messages", { chat: chat.id })).messages);
  model.unread.delete(chat.id);
  history.replaceState(null, "", `#${chat.id}`);
  document.body.dataset.view = "chat";
  show(chat);
  if (focus && !narrow.matches) ($("start").hidden ? $("text") : $("start")).focus();
}

function show(chat, keep = false) {
  composer.show(chat);
  head(chat);
  thread.show(chat, keep);
  side.refresh(current);
  welcome(chat);
}

function head(chat) {
  const isPrivate = chat.type === "private";
  const name = isPrivate ? model.bot.first_name : chat.title;
  $("title").textContent = name;
  avatar($("avatar"), name, isPrivate ? model.bot.id : chat.id);
  const me = composer.speaker;
  const rest = isPrivate ? `나: ${model.name(chat)} · ${language(me?.language_code)}` : `${chat.members.length + 1}명`;
  $("status").textContent = typing ? "입력 중…" : isPrivate ? `봇 · ${rest}` : rest;
  $("status").classList.toggle("typing", Boolean(typing));
}

function welcome(chat) {
  const isEmpty = !(model.messages(chat.id) ?? []).length;
  const call = `@${model.bot.username}라고 부르거나 봇의 글에 답장하면 봇이 듣습니다.`;
  const hello = model.about("description", composer.speaker) || "‘시작’을 누르면 대화가 시작됩니다.";
  $("welcome").hidden = !isEmpty;
  $("welcome").textContent = chat.type === "private" ? hello : call;
}

async function begin(state) {
  model.begin(state);
  $("restart").hidden = !state.can_restart;
  document.title = state.bot.first_name;
  const wanted = current ?? Number(location.hash.slice(1));
  const chat = model.chats.get(wanted) ?? model.chats.values().next().value;
  if (!chat) return;
  model.load(chat.id, (await ask("messages", { chat: chat.id })).messages);
  current = chat.id;
  show(chat, true);
}

const changes = {
  message({ message }) {
    const what = model.take(message);
    if (message.from.id === model.bot.id) stopTyping();
    if (message.chat.id === current) {
      thread.update(what, message);
      composer.refresh();
      welcome(model.chats.get(current));
    } else if (what === "new" && message.from.is_bot) {
      model.unread.set(message.chat.id, (model.unread.get(message.chat.id) ?? 0) + 1);
    }
    side.refresh(current);
  },
  people(people) {
    model.people(people);
    const chat = model.chats.get(current);
    if (chat) show(chat, true);
    else open(current, { focus: false });
  },
  bot(bot) {
    model.bot = bot;
    document.title = bot.first_name;
    const chat = model.chats.get(current);
    if (chat) head(chat), welcome(chat), composer.refresh();
  },
  action({ chat }) {
    if (chat !== current) return;
    clearTimeout(typing);
    typing = setTimeout(stopTyping, TYPING_MS);
    head(model.chats.get(current));
  },
  answer({ update, text, show_alert, url }) {
    settle(update);
    if (text) (show_alert ? alertBox : toast)(text);
    if (/^https?:/i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
  },
};

function stopTyping() {
  if (!typing) return;
  clearTimeout(typing);
  typing = 0;
  head(model.chats.get(current));
}

/** A button's clock stops when the bot says so, or when nobody waits any longer. */
function settle(update) {
  const wait = waiting.get(update);
  // The answer may come before the press itself is confirmed.
  if (!wait) return early.add(update);
  waiting.delete(update);
  clearTimeout(wait.timer);
  wait.button.removeAttribute("aria-busy");
}

async function press(button) {
  const message = Number(button.closest("[data-id]").dataset.id);
  const { row, column } = button.dataset;
  button.setAttribute("aria-busy", "true");
  try {
    const asked = { chat: current, user: composer.speaker.id, message, row: Number(row), column: Number(column) };
    const { update } = await act("press", asked);
    if (early.delete(update)) return button.removeAttribute("aria-busy");
    waiting.set(update, { button, timer: setTimeout(() => settle(update), ANSWER_MS) });
  } catch (error) {
    button.removeAttribute("aria-busy");
    told(error);
  }
}

function told(error) {
  if (!(error instanceof Refusal)) throw error;
  toast(error.message);
}

const tried = (name, body, said) => act(name, body).then(() => said && toast(said), told);

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("복사했습니다.");
}

$("messages").addEventListener("click", ({ target }) => {
  const id = Number(target.closest("[data-id]")?.dataset.id);
  const button = target.closest("button");
  if (!button) return;
  if (button.dataset.row) press(button);
  else if (button.dataset.copy) copy(button.dataset.copy);
  else if (button.dataset.command) composer.send(button.dataset.command);
  else if (button.dataset.to) thread.reveal(Number(button.dataset.to));
  else if (button.className === "reply") composer.reply(model.messages(current).find((m) => m.message_id === id));
});

$("speaker").addEventListener("change", ({ target }) => {
  composer.speakAs(Number(target.value));
  show(model.chats.get(current), true);
});
$("back").addEventListener("click", () => {
  document.body.dataset.view = "list";
  $("chats").querySelector("[aria-current]")?.focus();
});

new Menu($("more-menu"), $("more"));
$("restart").addEventListener("click", () => tried("restart", {}, "봇을 다시 켰습니다."));
for (const item of document.querySelectorAll("[data-send]"))
  item.addEventListener("click", () => tried("send", { chat: current, user: composer.speaker.id, kind: item.dataset.send }));

const TROUBLES = {
  429: () => act("faults", { method: "sendMessage", error: 429, retry_after: 3 }),
  500: () => act("faults", { method: "sendMessage", error: 500 }),
  drop: () => act("faults", { method: "sendMessage", drop: "before" }),
  403: () => act("faults", { chat: current, error: 403, times: null }),
  cut: () => act("cut", { seconds: 10 }),
  mend: () => act("mend", {}),
};
dialog("trouble", () => null, ({ kind }) => TROUBLES[kind](), () => toast("그렇게 했습니다."), $("trouble"));

addEventListener("hashchange", () => open(Number(location.hash.slice(1))));
new Listener({ begin, change: (change) => changes[change.kind]?.(change), broken: (is) => ($("banner").hidden = !is) }).connect();
