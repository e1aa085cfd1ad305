"""Runs all-MiniLM-L6-v2 with numpy alone, so that distilling needs no deep-learning framework."""

import hashlib
import json
import math
import struct
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

# model.safetensors of sentence-transformers/all-MiniLM-L6-v2, revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH = 6, 12, 384
BATCH = 128


class SentenceModel:
    """A text's vector is the mean of what the last layer says of its word pieces."""

    def __init__(self, folder):
        weights = (Path(folder) / "model.safetensors").read_bytes()
        if hashlib.sha256(weights).hexdigest() != WEIGHTS_SHA256:
            raise SystemExit(f"{folder}/model.safetensors is not the published one: its SHA-256 differs")
        self.weights = read_safetensors(weights)
        self.tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def texts(self, texts):
        """The vector of each text, marks of its beginning and end included, as the model was trained."""
        return self._pooled(texts, lambda hidden, encoding: hidden.mean(axis=0))

    def words(self, words):
        """The vector of each word standing alone, without the marks."""
        return self._pooled(words, lambda hidden, encoding: hidden[1:-1].mean(axis=0))

    def _pooled(self, texts, pool):
        encodings = self.tokenizer.encode_batch(texts)
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        by_length = {}
        for index, encoding in enumerate(encodings):
            by_length.setdefault(len(encoding.ids), []).append(index)
        # Texts of one length need no padding, and none changes another's vector.
        for indices in by_length.values():
            for start in range(0, len(indices), BATCH):
                batch = indices[start : start + BATCH]
                hidden = self._hidden(np.array([encodings[index].ids for index in batch]))
                for row, index in enumerate(batch):
                    vectors[index] = pool(hidden[row], encodings[index])
        return vectors

    def _hidden(self, ids):
        weights, (texts, length) = self.weights, ids.shape
        hidden = weights["embeddings.word_embeddings.weight"][ids]
        hidden = hidden + weights["embeddings.position_embeddings.weight"][:length] + weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normalised(hidden, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            split = lambda part: self._linear(hidden, f"{name}attention.self.{part}").reshape(texts, length, HEADS, -1).transpose(0, 2, 1, 3)
            query, key, value = split("query"), split("key"), split("value")
            attention = np.exp(query @ key.transpose(0, 1, 3, 2) / np.float32(math.sqrt(WIDTH // HEADS)))
            attention /= attention.sum(axis=-1, keepdims=True)
            context = (attention @ value).transpose(0, 2, 1, 3).reshape(texts, length, WIDTH)
            hidden = self._normalised(self._linear(context, name + "attention.output.dense") + hidden, name + "attention.output.LayerNorm")
            inner = gelu(self._linear(hidden, name + "intermediate.dense"))
            hidden = self._normalised(self._linear(inner, name + "output.dense") + hidden, name + "output.LayerNorm")
        return hidden

    def _linear(self, hidden, name):
        return hidden @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def _normalised(self, hidden, name):
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        return centred / spread * self.weights[name + ".weight"] + self.weights[name + ".bias"]


def gelu(values):
    """By the tanh formula: the third digit of a similarity stays, and it is ten times as fast as the error function."""
    return values * np.float32(0.5) * (1 + np.tanh(np.float32(math.sqrt(2 / math.pi)) * (values + np.float32(0.044715) * values * values * values)))


def read_safetensors(data):
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, tensor in header.items():
        if name != "__metadata__" and tensor["dtype"] == "F32":
            count = math.prod(tensor["shape"])
            tensors[name] = np.frombuffer(data, np.float32, count, 8 + length + tensor["data_offsets"][0]).reshape(tensor["shape"])
    return tensors
