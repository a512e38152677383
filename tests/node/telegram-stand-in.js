// Starts telegram-test-api on a free port, says which on standard output, and ends with standard input.
//
// It repairs, at the package's edges, what differs from Telegram's Bot API: numbers that are given twice,
// dates in milliseconds, no is_bot, no chat_instance, updates that count as confirmed once fetched, no
// waiting for updates, no secret header, and a webhook that is called once and in no order.

"use strict";

const { once } = require("node:events");
const http = require("node:http");
const { createRequire } = require("node:module");
const { setTimeout: pause } = require("node:timers/promises");

const TelegramServer = require("telegram-test-api");
const { TelegramClient } = require("telegram-test-api/lib/modules/telegramClient");

const theirs = createRequire(require.resolve("telegram-test-api"));
const axios = theirs("axios");
const express = theirs("express");

const BOT = { id: 666, is_bot: true, first_name: "Test First name", username: "TestNameBot" };
const SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";
const WEBHOOK_TRIES = 8;
const PATIENCE = 10_000; // milliseconds that somebody waits for a message to arrive

const seconds = (date) => Math.floor(date > 1e11 ? date / 1000 : date);

function repairMessage({ botToken, ...message }) {
  const date = seconds(message.date ?? Date.now());
  return { ...message, from: { is_bot: false, ...message.from }, date };
}

const format = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = (update) => {
  const { update_id, message, callback_query: press } = format(update);
  if (message) return { update_id, message: repairMessage(message) };
  const from = { is_bot: false, ...press.from };
  const callback_query = { ...press, from, message: repairMessage(press.message), chat_instance: "1" };
  return { update_id, callback_query };
};

class StandIn extends TelegramServer {
  given = 100;
  turns = new Map();
  acknowledged = [];

  addBotMessage(message, token) {
    this.messageId = ++this.given;
    const sent = super.addBotMessage(message, token);
    return { ...sent, from: BOT, date: seconds(sent.date) };
  }

  addUserUpdate(update) {
    update.updateId = ++this.given;
    update.messageId = ++this.given;
    const chat = (update.message ?? update.callbackQuery.message).chat.id;
    const turn = (this.turns.get(chat) ?? Promise.resolve()).then(() => this.deliver(update));
    this.turns.set(chat, turn);
    return turn;
  }

  async deliver(update) {
    for (let tries = 0; tries < WEBHOOK_TRIES; tries += 1) {
      try {
        await super.addUserUpdate(update);
        this.emit("UserUpdate");
        return;
      } catch {
        await pause(20 * 2 ** tries);
      }
    }
  }

  waiting(token, offset) {
    const ours = this.storage.userMessages.filter((update) => update.botToken === token);
    ours.filter((update) => update.updateId < offset).forEach((update) => { update.isRead = true; });
    return ours.filter((update) => !update.isRead).map((update) => TelegramServer.formatUpdate(update));
  }

  seen(token, chat) {
    return this.storage.botMessages
      .filter((update) => update.botToken === token && String(update.message.chat_id) === String(chat))
      .map(({ messageId, message }) => ({ ...message, message_id: messageId }));
  }

  // What `look` finds once it finds `count` things; what there is when patience ends.
  async until(event, count, milliseconds, look) {
    const end = Date.now() + milliseconds;
    while (look().length < count && Date.now() < end) {
      const over = new AbortController();
      const rest = { signal: over.signal };
      await Promise.race([once(this, event, rest), pause(end - Date.now(), null, rest)]);
      over.abort();
    }
    return look();
  }
}

const server = new StandIn();
const front = express();
const hear = (path, handle) => front.all(path, (request, response, next) => {
  const asked = { ...request.query, ...request.body };
  Promise.resolve(handle(request.params.token ?? asked.token, asked, response, next)).catch(next);
});
const ok = (response, result) => response.json({ ok: true, result });

axios.interceptors.request.use((config) => {
  const hook = Object.values(server.webhooks).find(({ url }) => url === config.url);
  if (hook?.secret_token) config.headers[SECRET_HEADER] = hook.secret_token;
  return config;
});

front.use(express.json());
front.use((_request, response, next) => {
  const json = response.json.bind(response);
  response.json = (body) => json(body?.result === null ? { ...body, result: true } : body);
  next();
});

hear("/bot:token/getMe", (_token, _asked, response) => ok(response, BOT));
hear("/bot:token/setMyCommands", (_token, _asked, response) => ok(response, true));
hear("/bot:token/getWebhookInfo", (token, _asked, response) => {
  const url = server.webhooks[token]?.url ?? "";
  ok(response, { url, has_custom_certificate: false, pending_update_count: 0 });
});
hear("/bot:token/answerCallbackQuery", (token, asked, _response, next) => {
  server.acknowledged.push({ token, id: asked.callback_query_id });
  next();
});
hear("/bot:token/getUpdates", async (token, asked, response) => {
  if (server.webhooks[token]) {
    const description = "Conflict: can't use getUpdates method while webhook is active";
    response.status(409).json({ ok: false, error_code: 409, description });
    return;
  }
  const look = () => server.waiting(token, Number(asked.offset ?? 0));
  ok(response, await server.until("UserUpdate", 1, Number(asked.timeout ?? 0) * 1000, look));
});

// What a test's person does with their phone, by the package's own client.
let clientUrl;
const phone = ({ token, chat, name }) => (
  new TelegramClient(clientUrl, token, { userId: chat, chatId: chat, firstName: name })
);
hear("/person/says", async (_token, asked, response) => {
  const client = phone(asked);
  if (asked.text.startsWith("/")) await client.sendCommand(client.makeCommand(asked.text));
  else await client.sendMessage(client.makeMessage(asked.text));
  ok(response, true);
});
hear("/person/presses", async (token, asked, response) => {
  const offers = ({ reply_markup: markup }) => markup?.inline_keyboard?.flat()
    .some((button) => button.callback_data === asked.data);
  const pressed = server.seen(token, asked.chat).findLast(offers);
  if (!pressed) throw new Error("no such button");
  const { message_id, text, reply_markup } = pressed;
  const client = phone(asked);
  const message = { message_id, text, reply_markup, from: BOT };
  await client.sendCallback(client.makeCallbackQuery(asked.data, { message }));
  ok(response, true);
});
hear("/person/saw", async (token, asked, response) => {
  const look = () => server.seen(token, asked.chat);
  ok(response, await server.until("AddedBotMessage", asked.count, PATIENCE, look));
});
hear("/person/acknowledged", (token, _asked, response) => {
  ok(response, server.acknowledged.filter((press) => press.token === token).map(({ id }) => id));
});

front.use(server.webServer);
const listener = http.createServer(front).listen(0, "127.0.0.1", () => {
  clientUrl = `http://127.0.0.1:${listener.address().port}`;
  process.stdout.write(`${JSON.stringify({ url: clientUrl })}\n`);
});
process.stdin.on("end", () => process.exit(0)).resume();
