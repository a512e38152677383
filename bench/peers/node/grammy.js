// grammY as a peer: its conversations, four texts, kept on SQLite (FULL) or PostgreSQL.
// `node grammy.js PORT sqlite FILE` or `node grammy.js PORT postgres`, which finds its server by PGHOST.
// An update comes as a line of JSON; when its turn is over, an empty line goes back.
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { conversations, createConversation } from "@grammyjs/conversations";
import { PsqlAdapter } from "@grammyjs/storage-psql";
import { Bot } from "grammy";
import pg from "pg";

const [port, store, file] = process.argv.slice(2);

async function onSqlite() {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec("CREATE TABLE conversations (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID");
  const read = database.prepare("SELECT value FROM conversations WHERE key = ?");
  const write = database.prepare("INSERT OR REPLACE INTO conversations VALUES (?, ?)");
  const drop = database.prepare("DELETE FROM conversations WHERE key = ?");
  return {
    read: (key) => {
      const row = read.get(key);
      return row && JSON.parse(row.value);
    },
    write: (key, value) => void write.run(key, JSON.stringify(value)),
    delete: (key) => void drop.run(key),
  };
}

function onPostgres() {
  return PsqlAdapter.create({ tableName: "conversations", client: new pg.Pool({ max: 16 }) });
}

async function join(conversation, ctx) {
  await ctx.reply("Would you like to join? Reply yes or no.");
  await conversation.waitForHears(/^yes$/i);
  await ctx.reply("What would you like to talk about? Reply 1 for care at home or 2 for day centres.");
  await conversation.waitForHears(/^[12]$/);
  await ctx.reply("What is your first name?");
  const answer = await conversation.waitFor("message:text");
  await ctx.reply(`Thank you, ${answer.msg.text}. You have joined.`);
}

const botInfo = { id: 1, is_bot: true, first_name: "Heard", username: "heard_bench_bot" };
const bot = new Bot("1:bench", { botInfo, client: { apiRoot: process.env.ENDPOINT } });
bot.use(conversations({ storage: store === "sqlite" ? await onSqlite() : await onPostgres() }));
bot.use(createConversation(join));
bot.hears("JOIN", (ctx) => ctx.conversation.enter("join"));

createServer(async (socket) => {
  socket.setNoDelay(true);
  for await (const line of createInterface({ input: socket })) {
    await bot.handleUpdate(JSON.parse(line));
    socket.write("\n");
  }
}).listen(Number(port), "127.0.0.1");
