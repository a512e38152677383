"""python-telegram-bot as a peer: a conversation of four texts. Its application takes updates one by one, as shipped.

`python -m bench.peers.with_telegram PORT [FILE]`. With FILE its own persistence is flushed at the end of each turn: it
writes the whole file anew, and does not wait for the disk. An update comes as a line of JSON; when its turn is over, an
empty line goes back.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

CONSENT, TOPIC, NAME = range(3)


class Turns(Application):  # type: ignore[type-arg]  # its own many parameters
    """Says when the turn of an update is over."""

    over: dict[int, asyncio.Future[None]] = {}  # noqa: RUF012  one application a process

    async def process_update(self, update: object) -> None:
        await super().process_update(update)
        if self.persistence:
            await self.update_persistence()
        assert isinstance(update, Update)
        self.over.pop(update.update_id).set_result(None)


async def join(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    await _say(update, "Would you like to join? Reply yes or no.")
    return CONSENT


async def agree(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
    await _say(update, "What would you like to talk about? Reply 1 for care at home or 2 for day centres.")
    return TOPIC


async def choose(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message
    assert context.user_data is not None
    context.user_data["topic"] = update.message.text
    await _say(update, "What is your first name?")
    return NAME


async def finish(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.message
    assert context.user_data is not None
    context.user_data["name"] = update.message.text
    await _say(update, f"Thank you, {update.message.text}. You have joined.")
    return ConversationHandler.END


async def _say(update: Update, text: str) -> None:
    assert update.message
    await update.message.reply_text(text)


def application(file: str) -> Turns:
    api = os.environ["ENDPOINT"] + "/bot"
    builder: Any = ApplicationBuilder().application_class(Turns).token("1:bench").base_url(api).updater(None)
    if file:
        builder = builder.persistence(PicklePersistence(file))
    app: Turns = builder.build()
    states: Any = {
        CONSENT: [MessageHandler(filters.Regex("(?i)^yes$"), agree)],
        TOPIC: [MessageHandler(filters.Regex("^[12]$"), choose)],
        NAME: [MessageHandler(filters.TEXT, finish)],
    }
    start = [MessageHandler(filters.Regex("^JOIN$"), join)]
    app.add_handler(ConversationHandler(start, states, [], name="join", persistent=bool(file)))
    return app


async def main(port: str, file: str = "") -> None:
    app = application(file)

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            update = Update.de_json(json.loads(line), app.bot)
            over = app.over[update.update_id] = asyncio.get_running_loop().create_future()
            await app.update_queue.put(update)
            await over
            writer.write(b"\n")
        writer.close()

    async with app:
        await app.start()
        async with await asyncio.start_server(take, "127.0.0.1", int(port)) as server:
            await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
