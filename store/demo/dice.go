// Package demo makes up a village (its people, its year of records and the
// county's files beside it) out of a seed and a day. Nothing in it is real: ID
// numbers begin with 990101, which no place has, phones with 100, and the places
// are those of domain.md §11.4.
package demo

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
)

// dice is the randomness of one block of the generator. Each block has a stream
// of its own, so that a new block does not move the others.
type dice struct{ *rand.Rand }

func newDice(seed uint64, block string) *dice {
	return &dice{rand.New(newStream(seed, block))}
}

// newStream gives the block's bytes; it is an io.Reader as well.
func newStream(seed uint64, block string) *rand.ChaCha8 {
	return rand.NewChaCha8(sha256.Sum256(fmt.Appendf(nil, "taizhang demo %d %s", seed, block)))
}

// chance is true in that share of the throws.
func (d *dice) chance(share float64) bool { return d.Float64() < share }

// between gives a number from low to high, both included.
func (d *dice) between(low, high int) int {
	if high <= low {
		return low
	}
	return low + d.IntN(high-low+1)
}

// triangular gives a number from low to high that is most often near mode.
func (d *dice) triangular(low, mode, high int) int {
	n := 0
	for range 2 {
		if d.chance(0.5) {
			n += d.between(low, mode)
		} else {
			n += d.between(mode, high)
		}
	}
	return n / 2
}

// pick gives one of the list.
func pick[T any](d *dice, list []T) T { return list[d.IntN(len(list))] }

// sample gives n different elements of the list in the list's order, all when
// there are fewer.
func sample[T any](d *dice, list []T, n int) []T {
	n = max(0, min(n, len(list)))
	chosen := d.Perm(len(list))[:n]
	slices.Sort(chosen)
	some := make([]T, n)
	for i, j := range chosen {
		some[i] = list[j]
	}
	return some
}

// shuffled gives the list in another order.
func shuffled[T any](d *dice, list []T) []T {
	out := slices.Clone(list)
	d.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// cycle deals a list out in a random order and begins anew when it is used up:
// texts then repeat as late as they can.
type cycle[T any] struct {
	d    *dice
	list []T
	rest []T
}

func newCycle[T any](d *dice, list []T) *cycle[T] { return &cycle[T]{d: d, list: list} }

func (c *cycle[T]) next() T {
	if len(c.rest) == 0 {
		c.rest = shuffled(c.d, c.list)
	}
	v := c.rest[0]
	c.rest = c.rest[1:]
	return v
}

// share is a value with its weight.
type share[T any] struct {
	value  T
	weight int
}

// weigh picks by weight.
func weigh[T any](d *dice, shares []share[T]) T {
	sum := 0
	for _, s := range shares {
		sum += s.weight
	}
	n := d.IntN(sum)
	for _, s := range shares {
		if n < s.weight {
			return s.value
		}
		n -= s.weight
	}
	panic("demo: weights don't add up")
}

// quota splits n by weight with the largest remainders, so that shares are met
// exactly and not by chance.
func quota[T any](n int, shares []share[T]) []int {
	sum := 0
	for _, s := range shares {
		sum += s.weight
	}
	counts, rests, left := make([]int, len(shares)), make([]int, len(shares)), n
	for i, s := range shares {
		counts[i], rests[i] = n*s.weight/sum, n*s.weight%sum
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

// dealt gives n values in the shares of quota, in a random order.
func dealt[T any](d *dice, n int, shares []share[T]) []T {
	var out []T
	for i, count := range quota(n, shares) {
		for range count {
			out = append(out, shares[i].value)
		}
	}
	return shuffled(d, out)
}
