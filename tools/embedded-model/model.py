"""The network: Llama's architecture (RMSNorm, rotary positions, SwiGLU, tied embeddings) in plain PyTorch."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

NORM_EPSILON = 1e-5
ROPE_THETA = 10_000.0
MOST_POSITIONS = 2_048


@dataclass(frozen=True)
class Shape:
    """The defaults are those of the shipped model: 1.62 million parameters."""

    vocabulary: int = 2_560
    width: int = 160
    layers: int = 4
    heads: int = 5
    kv_heads: int = 5
    inner: int = 416

    @property
    def head_width(self) -> int:
        return self.width // self.heads


class Block(nn.Module):
    """Attention and feed-forward, each after a norm and added to its input. (batch, tokens, width) in and out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        kv_width = shape.kv_heads * shape.head_width
        self.ln1 = nn.RMSNorm(shape.width, eps=NORM_EPSILON)
        self.ln2 = nn.RMSNorm(shape.width, eps=NORM_EPSILON)
        self.q = nn.Linear(shape.width, shape.width, bias=False)
        self.k = nn.Linear(shape.width, kv_width, bias=False)
        self.v = nn.Linear(shape.width, kv_width, bias=False)
        self.o = nn.Linear(shape.width, shape.width, bias=False)
        self.gate = nn.Linear(shape.width, shape.inner, bias=False)
        self.up = nn.Linear(shape.width, shape.inner, bias=False)
        self.down = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        x = x + self.o(self._attention(self.ln1(x), cos, sin))
        h = self.ln2(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))

    def _attention(self, h: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        shape = self.shape
        batch, tokens, width = h.shape
        q = self.q(h).view(batch, tokens, shape.heads, shape.head_width).transpose(1, 2)
        k = self.k(h).view(batch, tokens, shape.kv_heads, shape.head_width).transpose(1, 2)
        v = self.v(h).view(batch, tokens, shape.kv_heads, shape.head_width).transpose(1, 2)
        q, k = _rotate(q, cos, sin), _rotate(k, cos, sin)
        groups = shape.heads // shape.kv_heads
        if groups > 1:
            k, v = k.repeat_interleave(groups, 1), v.repeat_interleave(groups, 1)
        attended = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return attended.transpose(1, 2).reshape(batch, tokens, width)


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions in the half-split form, which is what ONNX Runtime calls not interleaved."""
    half = x.shape[-1] // 2
    turned = torch.cat([-x[..., half:], x[..., :half]], -1)
    return x * cos + turned * sin


class LanguageModel(nn.Module):
    cos: Tensor
    sin: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.lnf = nn.RMSNorm(shape.width, eps=NORM_EPSILON)
        frequencies = 1.0 / ROPE_THETA ** (torch.arange(0, shape.head_width, 2).float() / shape.head_width)
        angles = torch.arange(MOST_POSITIONS).float()[:, None] * frequencies[None]
        self.register_buffer("cos", torch.cat([angles.cos(), angles.cos()], -1))
        self.register_buffer("sin", torch.cat([angles.sin(), angles.sin()], -1))
        for parameter in self.parameters():
            if parameter.dim() > 1:
                is_embedding = parameter.shape[0] == shape.vocabulary
                nn.init.normal_(parameter, 0, 0.02 if is_embedding else 0.8 / math.sqrt(parameter.shape[1]))

    def hidden(self, ids: Tensor) -> Tensor:
        """(batch, tokens) ids to (batch, tokens, width); logits are this times the embedding, transposed."""
        tokens = ids.shape[1]
        h = self.embed(ids)
        for block in self.blocks:
            h = block(h, self.cos[:tokens], self.sin[:tokens])
        return self.lnf(h)
