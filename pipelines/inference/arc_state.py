"""Where each of many texts stands in an arc-eager parse, all of them moved in step."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pipelines.inference.forms import Integers

Flags = NDArray[np.bool_]
SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)
#: Free places below each stack and buffer, which read as no word.
_BELOW = 3


@dataclass(slots=True)
class ArcState:
    """Stacks, buffers and arcs. Token n of all texts is number n; the last number is no token.

    A text's stack and buffer are stretches of `stack` and `buffer` whose next word stands last:
    `top` and `front` point behind it, `stack_base` and `buffer_base` where nothing is left.
    Words on a stack stand in the text before those in the buffer, so that a word that gets
    another head was the last right child of the one it had.
    """

    stack: Integers
    buffer: Integers
    top: Integers
    front: Integers
    stack_base: Integers
    buffer_base: Integers
    heads: Integers
    moves: Integers  # that made a token's arc
    left: Integers  # a token's last left child
    right: Integers  # and right one
    previous: Integers  # the right child of the same head before this one
    is_returned: Flags  # from the stack to the buffer
    is_start: Flags  # of a sentence

    @classmethod
    def of(cls, lengths: Integers) -> Self:
        """All of some texts, of so many tokens each, in the buffer."""
        n_tokens, n_texts = int(lengths.sum()), len(lengths)
        bases = np.cumsum(lengths + _BELOW + 1) - lengths - 1
        places = np.full(n_tokens + n_texts * (_BELOW + 1), n_tokens)
        buffer = places.copy()
        ends = np.cumsum(lengths)
        within = np.arange(n_tokens) - np.repeat(ends - lengths, lengths)
        buffer[np.repeat(bases + lengths - 1, lengths) - within] = np.arange(n_tokens)
        none = np.full(n_tokens + 1, n_tokens)
        no = np.zeros(n_tokens + 1, dtype=bool)
        return cls(
            stack=places,
            buffer=buffer,
            top=bases.copy(),
            front=bases + lengths,
            stack_base=bases,
            buffer_base=bases,
            heads=np.full(n_tokens + 1, -1),
            moves=np.full(n_tokens + 1, -1),
            left=none,
            right=none.copy(),
            previous=none.copy(),
            is_returned=no,
            is_start=no.copy(),
        )

    def words(self) -> NDArray[np.int64]:
        """The words that a parser looks at, a column a text.

        They are the first two of the buffer, the last three of the stack, the last left child of
        the first of either, and the last right child of the stack's.
        """
        found = np.empty((8, len(self.top)), dtype=np.int64)
        self.buffer.take(self.front - 1, out=found[0])
        self.buffer.take(self.front - 2, out=found[1])
        for back in range(3):
            self.stack.take(self.top - 1 - back, out=found[2 + back])
        self.left.take(found[0], out=found[5])
        self.left.take(found[2], out=found[6])
        self.right.take(found[2], out=found[7])
        return found

    def allowed(self, words: Integers) -> Integers:
        """The moves that each text may make, as bits of one number, the first move's the least."""
        first, second = words[0], words[1]
        has_stack = self.top > self.stack_base
        left = self.front - self.buffer_base
        is_start = self.is_start.take(first)
        may_shift = ~has_stack | ((left >= 2) & ~is_start & ~self.is_returned.take(first))
        may_link = has_stack & (left >= 1) & ~is_start
        may_break = (left >= 2) & (second == first + 1) & ~self.is_start.take(second)
        bits: Integers = may_shift * (1 << SHIFT) + has_stack * (1 << REDUCE)
        bits += may_link * (1 << LEFT | 1 << RIGHT)
        bits += may_break * (1 << BREAK)
        return bits

    def do(self, acts: Integers, moves: Integers, words: Integers) -> None:
        """Make a move in each text, given its kind and its number."""
        (lefts,), (rights,) = np.nonzero(acts == LEFT), np.nonzero(acts == RIGHT)
        (reduced,), (breaks,) = np.nonzero(acts == REDUCE), np.nonzero(acts == BREAK)
        first, second, last = words[0], words[1], words[2]
        pushes = (acts == SHIFT) | (acts == RIGHT)
        pops = (acts == LEFT) | (acts == REDUCE)
        self._link_left(first[lefts], last[lefts], moves[lefts])
        self._link_right(last[rights], first[rights], moves[rights])
        if len(reduced):
            alone = self.top[reduced] == self.stack_base[reduced] + 1
            back = reduced[~alone & (self.heads[last[reduced]] < 0)]
            self.is_returned[last[back]] = True
            self.buffer[self.front[back]] = last[back]
            self.front[back] += 1
        if len(breaks):
            self.is_start[second[breaks]] = True
        self.stack[self.top] = first  # above the top, where it is not pushed
        self.top += pushes
        self.top -= pops
        self.front -= pushes

    def _link_left(self, heads: Integers, words: Integers, moves: Integers) -> None:
        had = self.heads[words]
        linked = had >= 0
        self.right[had[linked]] = self.previous[words[linked]]
        self.heads[words], self.moves[words] = heads, moves
        self.left[heads] = words
        self.is_returned[heads] = False

    def _link_right(self, heads: Integers, words: Integers, moves: Integers) -> None:
        self.heads[words], self.moves[words] = heads, moves
        self.previous[words] = self.right[heads]
        self.right[heads] = words

    def leave_ended(self) -> None:
        """Go on without the texts of which nothing is left."""
        goes_on = (self.top > self.stack_base) | (self.front > self.buffer_base)
        if not goes_on.all():
            self.top, self.front = self.top[goes_on], self.front[goes_on]
            self.stack_base = self.stack_base[goes_on]
            self.buffer_base = self.buffer_base[goes_on]
