// The conversation on the screen: a window over its messages, so that ten thousand cost no more than three hundred.

import { bubble } from "./bubble.js";
import { day, $ } from "./dom.js";

const PAGE = 120;
const MOST = 320;
const NEAR = 80;
const READ_OUT = 200;

export class Thread {
  chat = null;
  #first = 0;
  #last = 0;
  #unseen = 0;
  #sticky = true;
  #height = 0;

  constructor(model, speaker) {
    Object.assign(this, { model, speaker, box: $("thread"), list: $("messages"), chip: $("to-end") });
    this.box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.chip.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.#resized()).observe(this.box);
  }

  get #all() {
    return this.model.messages(this.chat.id) ?? [];
  }

  /** Show a chat from its end; `keep`: stay where the reader is if it is the same chat. */
  show(chat, keep = false) {
    const same = keep && this.chat?.id === chat.id && !this.#sticky;
    this.chat = chat;
    if (same) return this.#render(Math.min(this.#first, this.#all.length), Math.min(this.#last, this.#all.length));
    this.toEnd();
  }

  toEnd() {
    this.#sticky = true;
    this.#render(Math.max(0, this.#all.length - PAGE), this.#all.length);
    this.#down();
    this.#count(0);
  }

  /** A message of this chat is "new", "changed" or "gone". */
  update(what, message) {
    if (what === "new") return this.#add(message);
    const node = this.#node(message.message_id);
    if (what === "changed" && node) return this.#replace(node, message);
    this.#render(Math.min(this.#first, this.#all.length), Math.min(this.#last, this.#all.length));
  }

  reveal(id) {
    const index = this.#all.findIndex((message) => message.message_id === id);
    if (index < 0) return;
    this.#sticky = false;
    if (!this.#node(id)) this.#render(Math.max(0, index - PAGE / 2), Math.min(this.#all.length, index + PAGE / 2));
    const node = this.#node(id);
    node.scrollIntoView({ block: "center" });
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 1500);
  }

  #add(message) {
    const atEnd = this.#last === this.#all.length - 1;
    if (atEnd) this.#append();
    if (this.#sticky || this.#mine(message)) return atEnd ? this.#down() : this.toEnd();
    this.#count(this.#unseen + 1);
  }

  #append() {
    this.list.append(this.#build(this.#last++));
    if (!this.#sticky || this.list.childElementCount <= MOST) return;
    while (this.list.childElementCount > PAGE) this.list.firstElementChild.remove();
    this.#first = this.#last - this.list.childElementCount;
  }

  #replace(node, message) {
    // The words may have more links than before: a button stays the button that it was among buttons.
    const kind = document.activeElement.matches(".key") ? ".key" : "button, a";
    const focused = [...node.querySelectorAll(kind)].indexOf(document.activeElement);
    const fresh = this.#build(this.#all.indexOf(message));
    this.#quietly(() => node.replaceWith(fresh));
    const targets = fresh.querySelectorAll(kind);
    if (focused >= 0) (targets[Math.min(focused, targets.length - 1)] ?? this.box).focus({ preventScroll: true });
    if (this.#sticky) this.#down();
    $("changed").textContent = `글이 바뀌었습니다. ${(message.text ?? "").slice(0, READ_OUT)}`;
  }

  #build(index) {
    const [before, message] = [this.#all[index - 1], this.#all[index]];
    const heading = day(message.date);
    const isNewDay = !before || day(before.date) !== heading;
    return bubble(message, {
      mine: this.#mine(message),
      day: isNewDay ? heading : null,
      follows: !isNewDay && before.from.id === message.from.id,
      names: this.chat.type !== "private",
      replies: this.chat.type !== "private",
    });
  }

  #render(first, last) {
    [this.#first, this.#last] = [first, last];
    const nodes = [];
    for (let index = first; index < last; index++) nodes.push(this.#build(index));
    this.#quietly(() => this.list.replaceChildren(...nodes));
  }

  /** What the reader has seen already is not read out again. */
  #quietly(change) {
    this.box.setAttribute("aria-busy", "true");
    change();
    requestAnimationFrame(() => this.box.removeAttribute("aria-busy"));
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.box;
    const left = scrollHeight - scrollTop - clientHeight;
    const isAtEnd = left < NEAR && this.#last === this.#all.length;
    // A keyboard or a long draft takes room from below: that is no scrolling up.
    this.#sticky = isAtEnd || (this.#sticky && clientHeight !== this.#height);
    if (this.#sticky) this.#count(0);
    else this.chip.hidden = false;
    if (scrollTop < NEAR && this.#first > 0) this.#slide(Math.max(0, this.#first - PAGE), 0);
    else if (left < NEAR && this.#last < this.#all.length) this.#slide(this.#first, PAGE);
  }

  /** Move the window, with the line that is being read staying where it is. */
  #slide(first, further) {
    const anchor = further ? this.list.lastElementChild : this.list.firstElementChild;
    const [id, top] = [Number(anchor.dataset.id), anchor.getBoundingClientRect().top];
    const last = Math.min(this.#all.length, further ? this.#last + further : Math.min(this.#last, first + MOST));
    this.#render(further ? Math.max(first, last - MOST) : first, last);
    this.box.scrollTop += this.#node(id).getBoundingClientRect().top - top;
  }

  #resized() {
    this.#height = this.box.clientHeight;
    if (this.#sticky) this.#down();
  }

  #down() {
    this.box.scrollTop = this.box.scrollHeight;
  }

  #count(unseen) {
    this.#unseen = unseen;
    this.chip.hidden = this.#sticky;
    this.chip.textContent = unseen ? `새 글 ${unseen}개 ↓` : "맨 아래로 ↓";
  }

  #mine = (message) => message.from.id === this.speaker()?.id;

  #node = (id) => this.list.querySelector(`[data-id="${id}"]`);
}
