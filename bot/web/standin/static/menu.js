// A popup menu of buttons: arrows move, Escape closes, what is clicked elsewhere closes too.

export class Menu {
  constructor(box, opener, { escape } = {}) {
    Object.assign(this, { box, opener, escape });
    opener.addEventListener("click", () => (box.hidden ? this.open() : this.close()));
    box.addEventListener("keydown", (event) => this.#key(event));
    box.addEventListener("click", (event) => event.target.closest("[role=menuitem]") && this.close());
    document.addEventListener("pointerdown", ({ target }) => {
      if (!box.contains(target) && !opener.contains(target)) this.close();
    });
  }

  get #items() {
    return [...this.box.querySelectorAll("[role=menuitem]:not([hidden])")];
  }

  show() {
    this.box.hidden = this.#items.length === 0;
    this.opener.setAttribute("aria-expanded", String(!this.box.hidden));
  }

  open() {
    this.show();
    this.focus();
  }

  focus = () => this.#items[0]?.focus();

  close() {
    this.box.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
  }

  #key(event) {
    const items = this.#items;
    const at = items.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    if (event.key in steps) {
      event.preventDefault();
      items.at(steps[event.key] % items.length).focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      this.close();
      if (event.key === "Escape") (this.escape ?? this.opener).focus();
    }
  }
}
