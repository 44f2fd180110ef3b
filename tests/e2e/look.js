// Run inside the page: what a person with poor sight, a screen reader or no mouse would stumble over.
() => {
  const found = [];
  const visible = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".unseen, [aria-hidden=true]");
  const rgba = (text) => text.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = colour.map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const [r, g, b, a = 1] = rgba(getComputedStyle(at).backgroundColor);
      if (a > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !visible(node) || node.matches("option, .spoiler, :disabled")) continue;
    const style = getComputedStyle(node);
    const [front, back] = [luminance(rgba(style.color).slice(0, 3)), luminance(behind(node))];
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 30)}`);
  }
  const name = (node) =>
    node.getAttribute("aria-label") || node.labels?.[0]?.textContent.trim() || node.textContent.trim() || node.title;
  for (const node of document.querySelectorAll("button, a, input, select, textarea, [role=log], nav, dialog[open]"))
    if (visible(node) && !name(node) && !node.hasAttribute("aria-labelledby")) found.push(`no name: ${node.outerHTML.slice(0, 80)}`);
  for (const node of document.querySelectorAll("button"))
    if (visible(node) && Math.min(node.offsetWidth, node.offsetHeight) < 24 && !node.closest(".body"))
      found.push(`too small: ${node.outerHTML.slice(0, 80)}`);
  for (const attribute of ["aria-labelledby", "aria-controls", "aria-describedby"])
    for (const node of document.querySelectorAll(`[${attribute}]`))
      if (!document.getElementById(node.getAttribute(attribute))) found.push(`${attribute} points nowhere`);
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) found.push("an id twice");
  if (document.querySelector("[tabindex]:not([tabindex='0']):not([tabindex='-1'])")) found.push("a tab order of its own");
  for (const item of document.querySelectorAll("li")) if (!item.parentElement.matches("ul, ol")) found.push("an item without a list");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one first heading");
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(`wider than the window by ${wide}`);
  for (const box of document.querySelectorAll("#thread, dialog[open], .popup"))
    if (box.scrollWidth > box.clientWidth) found.push(`#${box.id} is wider than its place`);
  return found;
};
