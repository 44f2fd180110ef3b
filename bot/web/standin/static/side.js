// The list of chats, and the dialogs that make new ones.

import { act, Refusal } from "./api.js";
import { $, avatar, clock, el } from "./dom.js";

const LANGUAGES = new Intl.DisplayNames("ko", { type: "language", fallback: "code" });

export function language(code) {
  return code ? LANGUAGES.of(code) : "언어를 알리지 않음";
}

const isOwn = (message, chat) => message.from.id === chat.id;

function lastWords(chat) {
  if (!chat.last) return "아직 나눈 말이 없습니다";
  const text = chat.last.text ?? chat.last.caption ?? "스티커·사진·음성";
  return (isOwn(chat.last, chat) ? "나: " : "") + text.slice(0, 80).replaceAll("\n", " ");
}

function entry(model, chat, current) {
  const sign = el("span", { className: "avatar", "aria-hidden": "true" });
  avatar(sign, model.name(chat), chat.id);
  const user = model.users.get(chat.members[0]);
  const kind = chat.type === "private" ? language(user?.language_code) : `모임 ${chat.members.length}명`;
  const unread = model.unread.get(chat.id) ?? 0;
  const badge = unread ? el("span", { className: "badge" }, String(unread), el("span", { className: "unseen" }, "개 안 읽음")) : null;
  const top = el("span", { className: "top" }, el("b", {}, model.name(chat)), el("small", {}, kind));
  const time = chat.last ? el("small", { className: "when" }, clock(chat.last.date)) : null;
  const words = el("span", { className: "words" }, el("span", { className: "last" }, lastWords(chat)), badge, time);
  const button = el("button", { type: "button", className: "chat", "data-chat": chat.id }, sign, top, words);
  if (chat.id === current) button.setAttribute("aria-current", "true");
  return el("li", {}, button);
}

export class Side {
  constructor(model, open) {
    this.model = model;
    $("chats").addEventListener("click", ({ target }) => {
      const chosen = target.closest("[data-chat]");
      if (chosen) open(Number(chosen.dataset.chat));
    });
    dialog("person", () => null, ({ name, language }) => act("people", { first_name: name, language_code: language }), open);
    dialog("group", () => this.#offerMembers(), ({ name }) => this.#group(name), open);
  }

  refresh(current) {
    const focused = document.activeElement?.dataset?.chat;
    $("chats").replaceChildren(...[...this.model.chats.values()].map((chat) => entry(this.model, chat, current)));
    if (focused) $("chats").querySelector(`[data-chat="${focused}"]`)?.focus();
  }

  #offerMembers() {
    const choice = ({ id, first_name }) =>
      el("label", { className: "choice" }, el("input", { type: "checkbox", value: id, checked: true }), ` ${first_name}`);
    $("group-members").replaceChildren(...[...this.model.users.values()].map(choice));
  }

  #group(title) {
    const chosen = [...$("group-members").querySelectorAll("input:checked")].map((box) => Number(box.value));
    return act("groups", { title, members: chosen });
  }
}

/** A dialog that does something with its fields and says inside what is wrong. */
export function dialog(name, prepare, submit, done, opener = $(`add-${name}`)) {
  const box = $(`${name}-dialog`);
  const wrong = box.querySelector(".wrong");
  opener.addEventListener("click", () => (prepare(), (wrong.textContent = ""), box.showModal()));
  box.querySelector("[data-close]").addEventListener("click", () => box.close());
  box.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    try {
      const made = await submit(fields);
      box.close();
      event.target.reset();
      done(made.chat);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      wrong.textContent = error.message;
    }
  });
}
