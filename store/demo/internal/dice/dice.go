// Package dice is the randomness of all that is made up: what is thrown out of a seed
// comes the same every time. Texts with alternatives in braces are filled in by it
// too (phrase.go).
package dice

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Dice is the randomness of one block of the generator. Each block has a stream
// of its own, so that a new block does not move the others.
type Dice struct{ *rand.Rand }

// New gives the dice of a block; the same seed and block throw the same.
func New(seed uint64, block string) *Dice {
	return &Dice{rand.New(NewStream(seed, block))}
}

// NewStream gives the block's bytes; it is an io.Reader as well.
func NewStream(seed uint64, block string) *rand.ChaCha8 {
	return rand.NewChaCha8(sha256.Sum256(fmt.Appendf(nil, "taizhang demo %d %s", seed, block)))
}

// Chance is true in that share of the throws.
func (d *Dice) Chance(share float64) bool { return d.Float64() < share }

// Between gives a number from low to high, both included.
func (d *Dice) Between(low, high int) int {
	if high <= low {
		return low
	}
	return low + d.IntN(high-low+1)
}

// Triangular gives a number from low to high that is most often near mode.
func (d *Dice) Triangular(low, mode, high int) int {
	n := 0
	for range 2 {
		if d.Chance(0.5) {
			n += d.Between(low, mode)
		} else {
			n += d.Between(mode, high)
		}
	}
	return n / 2
}

// Pick gives one of the list.
func Pick[T any](d *Dice, list []T) T { return list[d.IntN(len(list))] }

// Sample gives n different elements of the list in the list's order, all when
// there are fewer.
func Sample[T any](d *Dice, list []T, n int) []T {
	n = max(0, min(n, len(list)))
	chosen := d.Perm(len(list))[:n]
	slices.Sort(chosen)
	some := make([]T, n)
	for i, j := range chosen {
		some[i] = list[j]
	}
	return some
}

// Shuffled gives the list in another order.
func Shuffled[T any](d *Dice, list []T) []T {
	out := slices.Clone(list)
	d.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// Cycle deals a list out in a random order and begins anew when it is used up:
// texts then repeat as late as they can.
type Cycle[T any] struct {
	d    *Dice
	list []T
	rest []T
}

// NewCycle begins dealing a list out.
func NewCycle[T any](d *Dice, list []T) *Cycle[T] { return &Cycle[T]{d: d, list: list} }

// Next gives the list's next element.
func (c *Cycle[T]) Next() T {
	if len(c.rest) == 0 {
		c.rest = Shuffled(c.d, c.list)
	}
	v := c.rest[0]
	c.rest = c.rest[1:]
	return v
}

// Share is a value with its weight.
type Share[T any] struct {
	Value  T
	Weight int // against the other shares; they need not come to a hundred
}

// Shares reads shares that are written as their names with the weights behind
// them: 小学55 初中35 高中10.
func Shares(text string) []Share[string] {
	var list []Share[string]
	for _, word := range strings.Fields(text) {
		name := strings.TrimRight(word, "0123456789")
		weight := 0
		for _, c := range word[len(name):] {
			weight = weight*10 + int(c-'0')
		}
		list = append(list, Share[string]{Value: name, Weight: weight})
	}
	return list
}

// Weigh picks by weight.
func Weigh[T any](d *Dice, shares []Share[T]) T {
	sum := 0
	for _, s := range shares {
		sum += s.Weight
	}
	n := d.IntN(sum)
	for _, s := range shares {
		if n < s.Weight {
			return s.Value
		}
		n -= s.Weight
	}
	panic("dice: weights don't add up")
}

// Quota splits n by weight with the largest remainders, so that shares are met
// exactly and not by chance.
func Quota[T any](n int, shares []Share[T]) []int {
	sum := 0
	for _, s := range shares {
		sum += s.Weight
	}
	counts, rests, left := make([]int, len(shares)), make([]int, len(shares)), n
	for i, s := range shares {
		counts[i], rests[i] = n*s.Weight/sum, n*s.Weight%sum
		left -= counts[i]
	}
	order := make([]int, len(shares))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rests[b] - rests[a] })
	for _, i := range order[:left] {
		counts[i]++
	}
	return counts
}

// Dealt gives n values in the shares of Quota, in a random order.
func Dealt[T any](d *Dice, n int, shares []Share[T]) []T {
	var out []T
	for i, count := range Quota(n, shares) {
		for range count {
			out = append(out, shares[i].Value)
		}
	}
	return Shuffled(d, out)
}
