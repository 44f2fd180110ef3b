// Where one writes. Enter sends, but never half a syllable; Shift+Enter begins a line.

import { act, Refusal } from "./api.js";
import { $, el } from "./dom.js";
import { Menu } from "./menu.js";

const LIMIT = 4096;
const WARN = 200;
const counted = new Intl.NumberFormat("ko");
const trimmed = (text) => text.replace(/^[ \n]+|[ \n]+$/g, "");
/** On glass the keyboard's Enter begins a line, as in Telegram; there is a button to send. */
const onGlass = matchMedia("(pointer: coarse)");

export class Composer {
  #drafts = new Map();
  #speakers = new Map();
  #reply = 0;
  #composing = false;

  constructor(model) {
    Object.assign(this, { model, chat: null, text: $("text") });
    this.menu = new Menu($("commands"), $("menu"), { escape: this.text });
    $("menu").addEventListener("click", () => this.#offer(""), { capture: true });
    $("commands").addEventListener("click", ({ target }) => this.#chosen(target.closest("[role=menuitem]")));
    $("composer").addEventListener("submit", (event) => (event.preventDefault(), this.#submit()));
    $("start").addEventListener("click", () => this.send("/start"));
    $("reply-off").addEventListener("click", () => (this.reply(null), this.text.focus()));
    this.text.addEventListener("compositionstart", () => (this.#composing = true));
    this.text.addEventListener("compositionend", () => (this.#composing = false));
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("input", () => this.#typed());
  }

  get speaker() {
    const members = this.chat?.members ?? [];
    return this.model.users.get(this.#speakers.get(this.chat?.id) ?? members[0]);
  }

  show(chat) {
    if (this.chat) this.#drafts.set(this.chat.id, this.text.value);
    if (this.chat?.id !== chat.id) this.reply(null);
    this.chat = chat;
    this.text.value = this.#drafts.get(chat.id) ?? "";
    this.#offerSpeakers();
    this.refresh();
    this.#typed();
  }

  refresh() {
    const isNew = this.chat.type === "private" && !(this.model.messages(this.chat.id) ?? []).length;
    $("line").hidden = isNew;
    $("start").hidden = !isNew;
    const call = `메시지 (@${this.model.bot.username}라고 부르면 봇이 듣습니다)`;
    this.text.placeholder = this.chat.type === "private" ? "메시지" : call;
  }

  reply(message) {
    this.#reply = message?.message_id ?? 0;
    $("reply").hidden = !message;
    $("reply-text").textContent = message ? `${message.from.first_name}에게 답장: ${(message.text ?? "").slice(0, 80)}` : "";
    if (message) this.text.focus();
  }

  /** Say it; what could not be said comes back into the field. */
  async send(text) {
    const asked = { chat: this.chat.id, user: this.speaker.id, text, reply_to: this.#reply };
    this.reply(null);
    this.#notice("");
    try {
      await act("say", asked);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!this.text.value) this.text.value = text;
      this.#typed();
      this.#notice(error.message);
    }
  }

  #submit() {
    const text = trimmed(this.text.value);
    if (!text || text.length > LIMIT) return this.#typed();
    this.text.value = "";
    this.#typed();
    this.menu.close();
    this.send(text);
    this.text.focus();
  }

  #key(event) {
    const isHalf = event.isComposing || this.#composing || event.keyCode === 229;
    if (event.key === "ArrowDown" && !$("commands").hidden && !isHalf) {
      event.preventDefault();
      this.menu.focus();
    } else if (event.key === "Escape") {
      this.menu.close();
    } else if (event.key === "Enter" && !event.shiftKey && !isHalf && !onGlass.matches) {
      event.preventDefault();
      this.#submit();
    }
  }

  #typed() {
    const text = trimmed(this.text.value);
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
    $("send").disabled = !text || text.length > LIMIT;
    $("left").textContent = text.length > LIMIT - WARN ? counted.format(LIMIT - text.length) : "";
    const long = `텔레그램은 한 번에 ${counted.format(LIMIT)}자까지 보냅니다. 지금 ${counted.format(text.length)}자입니다.`;
    this.#notice(text.length > LIMIT ? long : "");
    if (/^\/\w*$/.test(text) || /^@\w*$/.test(text)) this.#offer(text) || this.menu.show();
    else this.menu.close();
  }

  #notice(text) {
    $("notice").hidden = !text;
    if ($("notice").textContent !== text) $("notice").textContent = text;
  }

  /** Commands that begin so; in a group also the bot's name. */
  #offer(start) {
    const commands = this.model
      .commands(this.chat, this.speaker)
      .map(({ command, description }) => [`/${command}`, description]);
    const call = this.chat.type === "private" ? [] : [[`@${this.model.bot.username} `, "봇 부르기"]];
    const fitting = [...call, ...commands].filter(([word]) => word.startsWith(start));
    const item = ([word, about]) =>
      el("button", { type: "button", role: "menuitem", tabIndex: -1, "data-word": word }, el("b", {}, word), ` ${about}`);
    $("commands").replaceChildren(...fitting.map(item));
  }

  #chosen(item) {
    if (!item) return;
    const word = item.dataset.word;
    this.text.value = word.startsWith("@") ? word : "";
    this.#typed();
    this.text.focus();
    if (word.startsWith("/")) this.send(this.chat.type === "private" ? word : `${word}@${this.model.bot.username}`);
  }

  #offerSpeakers() {
    const select = $("speaker");
    $("speaker-row").hidden = this.chat.type === "private";
    const people = this.chat.members.map((id) => this.model.users.get(id)).filter(Boolean);
    select.replaceChildren(...people.map(({ id, first_name }) => el("option", { value: id }, first_name)));
    select.value = this.speaker?.id;
  }

  /** Who speaks in this chat from now on. */
  speakAs(id) {
    this.#speakers.set(this.chat.id, id);
  }
}
