// One message as Telegram shows it: bubble, time, buttons below it.

import { clock, el, iso } from "./dom.js";
import { formatted } from "./entities.js";

const QUOTED = 120;
const MEDIA = [
  ["sticker", ({ emoji }) => el("span", { className: "sticker" }, emoji)],
  ["photo", () => el("span", { className: "media" }, "🖼 사진")],
  ["voice", ({ duration }) => el("span", { className: "media" }, `🎤 음성 ${duration}초`)],
  ["media_group_id", () => el("span", { className: "media" }, "📎 파일")],
];

const named = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

function media(message) {
  const found = MEDIA.find(([name]) => name in message);
  return found ? found[1](message[found[0]]) : null;
}

function body(message) {
  const text = message.text ?? message.caption ?? "";
  const box = el("div", { className: "body", dir: "auto" });
  box.append(...formatted(text, message.entities ?? message.caption_entities));
  return box;
}

function quote(replied) {
  if (!replied) return null;
  const text = (replied.text ?? replied.caption ?? "").slice(0, QUOTED);
  const label = el("span", { className: "quoted" }, text);
  const props = { type: "button", className: "quote", "data-to": replied.message_id };
  return el("button", props, el("strong", {}, named(replied.from)), label);
}

function meta(message) {
  const edited = message.edit_date ? el("span", {}, "수정됨 ") : null;
  return el("span", { className: "meta" }, edited, el("time", { dateTime: iso(message.date) }, clock(message.date)));
}

function key(button, row, column) {
  if (button.url) {
    const outside = el("a", { className: "key", target: "_blank", rel: "noopener noreferrer" }, `${button.text} ↗`);
    if (/^(https?|tg):/i.test(button.url)) outside.href = button.url;
    return outside;
  }
  const node = el("button", { type: "button", className: "key" }, button.text);
  if (button.copy_text) node.dataset.copy = button.copy_text.text;
  else Object.assign(node.dataset, { row, column });
  return node;
}

function keyboard(rows = []) {
  if (!rows.length) return null;
  const lines = rows.map((row, r) => el("div", { className: "keys-row" }, ...row.map((button, c) => key(button, r, c))));
  return el("div", { className: "keys", role: "group", "aria-label": "고를 수 있는 단추" }, ...lines);
}

/** `day`: a heading above, or null; `follows`: the message before is by the same person; `names`: say who it is. */
export function bubble(message, { mine, day, follows, names, replies }) {
  const who = mine ? "나" : named(message.from);
  const head = el("span", { className: names && !mine && !follows ? "sender" : "unseen" }, who);
  const box = el("div", { className: "bubble" }, head, quote(message.reply_to_message), media(message), body(message), meta(message));
  const column = el("div", { className: "column" }, box, keyboard(message.reply_markup?.inline_keyboard));
  const answer = replies ? el("button", { type: "button", className: "reply", "aria-label": `${who}에게 답장` }, "↩") : null;
  const heading = day ? el("div", { className: "day" }, el("span", {}, day)) : null;
  const line = el("div", { className: "line" }, column, answer);
  const side = `${mine ? "out" : "in"}${follows ? " follows" : ""}`;
  return el("li", { className: side, "data-id": message.message_id }, heading, line);
}
