// A text with Telegram's entities as elements. Offsets are UTF-16 units, which is how this language counts too.

import { el } from "./dom.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const SAFE = /^(https?|tg|tel|mailto):/i;

function link(href) {
  const node = el("a", { rel: "noopener noreferrer", target: "_blank" });
  if (SAFE.test(href)) node.href = href;
  return node;
}

function spoiler() {
  const node = el("span", { className: "spoiler", role: "button", tabIndex: 0, "aria-label": "가려진 글 보기" });
  const open = () => {
    node.classList.add("open");
    for (const name of ["aria-label", "role", "tabindex"]) node.removeAttribute(name);
  };
  node.addEventListener("click", open);
  node.addEventListener("keydown", ({ key }) => key === "Enter" && open());
  return node;
}

function wrapper({ type, url }, text) {
  switch (type) {
    case "text_link":
      return link(url);
    case "url":
      return link(SAFE.test(text) ? text : `http://${text}`);
    case "email":
      return link(`mailto:${text}`);
    case "phone_number":
      return link(`tel:${text.replace(/[^+\d]/g, "")}`);
    case "bot_command":
      return el("button", { type: "button", className: "command", "data-command": text });
    case "spoiler":
      return spoiler();
    case "mention":
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return el("span", { className: "mention" });
    default:
      return el(TAGS[type] ?? "span");
  }
}

/** Nodes for text[from, to) with the entities that lie in it, outer ones first. */
function nodes(text, entities, from, to) {
  const out = [];
  let at = from;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    const inner = entities.slice(i + 1).filter((other) => other.offset + other.length <= end);
    const node = wrapper(entity, text.slice(entity.offset, end));
    node.append(...nodes(text, inner, entity.offset, end));
    if (entity.offset > at) out.push(text.slice(at, entity.offset));
    out.push(node);
    at = end;
  }
  if (at < to) out.push(text.slice(at, to));
  return out;
}

export const formatted = (text, entities = []) => nodes(text, entities, 0, text.length);
