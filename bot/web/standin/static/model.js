// What the page knows: people, chats, messages. Nothing here touches the document.

const byId = (list) => new Map(list.map((item) => [item.id, item]));

export class Model {
  bot = { first_name: "", username: "", about: {}, commands: [] };
  run = "";
  users = new Map();
  chats = new Map();
  unread = new Map();
  #messages = new Map();
  #loaded = new Set();

  begin({ run, bot, people }) {
    if (run !== this.run) this.unread.clear();
    this.run = run;
    this.bot = bot;
    this.#messages.clear();
    this.#loaded.clear();
    this.people(people);
  }

  people({ users, chats }) {
    this.users = byId(users);
    this.chats = byId(chats);
  }

  /** The messages of a chat, oldest first; undefined until they were loaded. */
  messages = (chat) => (this.#loaded.has(chat) ? this.#messages.get(chat) : undefined);

  load(chat, messages) {
    // What came by itself while this was on its way is newer.
    const known = this.#messages.get(chat) ?? [];
    const merged = new Map([...messages, ...known].map((message) => [message.message_id, message]));
    this.#loaded.add(chat);
    this.#messages.set(chat, [...merged.values()].sort((a, b) => a.message_id - b.message_id));
  }

  /** Take in a message that is new, changed or gone; says which. */
  take(message) {
    const chat = this.chats.get(message.chat.id);
    if (chat && (!chat.last || message.message_id >= chat.last.message_id)) chat.last = message.deleted ? null : message;
    const list = this.#messages.get(message.chat.id) ?? [];
    const at = list.findIndex(({ message_id }) => message_id === message.message_id);
    this.#messages.set(message.chat.id, list);
    if (message.deleted) return at < 0 ? "nothing" : (list.splice(at, 1), "gone");
    if (at >= 0) return (list[at] = message), "changed";
    const later = list.findIndex(({ message_id }) => message_id > message.message_id);
    list.splice(later < 0 ? list.length : later, 0, message);
    return later < 0 ? "new" : "changed";
  }

  name(chat) {
    if (chat.type !== "private") return chat.title;
    return [chat.first_name, chat.last_name].filter(Boolean).join(" ");
  }

  /** The commands that Telegram shows: the narrowest scope first, and in it the person's language first. */
  commands(chat, user) {
    const language = (user?.language_code ?? "").slice(0, 2);
    const kind = chat.type === "private" ? "all_private_chats" : "all_group_chats";
    for (const scope of [`chat:${chat.id}`, kind, "default"])
      for (const code of [language, ""]) {
        const found = this.bot.commands.find((set) => set.scope === scope && set.language === code);
        if (found?.commands.length) return found.commands;
      }
    return [];
  }

  /** One of the texts that the bot says about itself, in the person's language. */
  about(field, user) {
    const texts = this.bot.about[field] ?? {};
    return texts[(user?.language_code ?? "").slice(0, 2)] ?? texts[""] ?? "";
  }
}
