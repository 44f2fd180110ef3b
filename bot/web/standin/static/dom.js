// Elements without a line of HTML: what people and bots write never becomes markup.

export const $ = (id) => document.getElementById(id);

/** An element with properties (`aria-…`, `data-…`, `role` become attributes) and children. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (/^(aria-|data-|role$)/.test(name)) node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

const CLOCK = new Intl.DateTimeFormat("ko", { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("ko", { month: "long", day: "numeric", weekday: "short" });
const at = (seconds) => new Date(seconds * 1000);

export const clock = (seconds) => CLOCK.format(at(seconds));
export const day = (seconds) => DAY.format(at(seconds));
export const iso = (seconds) => at(seconds).toISOString();

let timer = 0;

/** A short word at the bottom of the screen, as Telegram shows the answer to a button. */
export function toast(text) {
  const box = $("toast");
  clearTimeout(timer);
  box.textContent = text;
  timer = setTimeout(() => (box.textContent = ""), 4000);
}

/** A word that somebody must close. */
export function alertBox(text) {
  $("alert-text").textContent = text;
  $("alert-dialog").showModal();
}

const COLOURS = 6;

/** The round sign of a person or a group: first letter and one of a few colours. */
export function avatar(node, name, id) {
  node.textContent = Array.from(name.trim())[0] ?? "?";
  node.dataset.colour = Math.abs(id) % COLOURS;
}
