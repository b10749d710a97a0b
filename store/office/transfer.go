package office

import (
	"maps"
	"slices"
	"strings"

	"taizhang/store/count"
)

// A transfer between two counties is one person's moving: a county knows one side of it and
// says so, by the other's first six digits (count.Transfer). Where both have reported it, it
// is 内部转接 at the office above, and stands in neither 转入 nor 转出 there; what one of
// them alone has reported is on its way (在途). No person is known here, so that of two
// counties' numbers the lesser are pairs.

// balanceCode is the indicator of what came and went.
const balanceCode = "A11"

// transferLines are its figures, without their span, of which the other side is told.
var transferLines = []string{"moved_in", "moved_out", "whole_in", "whole_out"}

// spans are the prefixes of its figures.
var spans = []string{"month_", "year_"}

// The figures that only an office above has: of those that moved between two of its own
// counties, how many one side alone has reported.
const (
	transitOut = "transit_out" // left, and did not come yet
	transitIn  = "transit_in"  // came, and did not leave yet
)

// prefixLength is how many digits of a code name its county: GB/T 2260.
const prefixLength = 6

func prefixOf(code string) string { return code[:min(len(code), prefixLength)] }

// districts tell by a county's first six digits of which sender it is; "" where two senders
// have the same.
type districts map[string]string

func (d districts) add(code, sender string) {
	p := prefixOf(code)
	if had, there := d[p]; there && had != sender {
		sender = ""
	}
	d[p] = sender
}

// passing counts transfers by figure, from one sender to another.
type passing map[[3]string]int64

// passes adds up the transfers of all senders between them, as each side tells them.
func passes(all []Sender, of districts) passing {
	n := passing{}
	for i := range all {
		s := &all[i]
		for _, t := range s.Transfers {
			other := of[t.County]
			if other == "" || other == s.Code {
				continue
			}
			from, to := s.Code, other
			if strings.HasSuffix(t.Figure, "_in") {
				from, to = other, s.Code
			}
			n[[3]string{t.Figure, from, to}] += t.N
		}
	}
	return n
}

// within moves what both sides have reported from 转入 and 转出 to 内部转接, in the numbers
// of all and of each sender, and says what is on its way. A sender without numbers is left
// out of numbers.
func (p passing) within(whole Numbers, senders map[string]Numbers) {
	add := func(sender, figure string, n int64) {
		for _, to := range []Numbers{whole, senders[sender]} {
			if to != nil {
				addTo(to, figure, n)
			}
		}
	}
	for _, span := range spans {
		for _, k := range slices.SortedFunc(maps.Keys(p.between(span+"moved_")), compareSides) {
			from, to := k[0], k[1]
			out, in := p[[3]string{span + "moved_out", from, to}], p[[3]string{span + "moved_in", from, to}]
			both := min(out, in)
			add(from, span+"moved_out", -both)
			add(from, span+"removed", -both)
			add(from, span+"within_out", both)
			add(from, span+transitOut, out-both)
			add(to, span+"moved_in", -both)
			add(to, span+"added", -both)
			add(to, span+"within_in", both)
			add(to, span+transitIn, in-both)
		}
		for _, k := range slices.SortedFunc(maps.Keys(p.between(span+"whole_")), compareSides) {
			both := min(p[[3]string{span + "whole_out", k[0], k[1]}], p[[3]string{span + "whole_in", k[0], k[1]}])
			add(k[0], span+"whole_out", -both)
			add(k[1], span+"whole_in", -both)
		}
	}
}

func compareSides(a, b [2]string) int { return slices.Compare(a[:], b[:]) }

// between gives the pairs of senders between which there are transfers of a figure.
func (p passing) between(figure string) map[[2]string]bool {
	all := map[[2]string]bool{}
	for k := range p {
		if strings.HasPrefix(k[0], figure) {
			all[[2]string{k[1], k[2]}] = true
		}
	}
	return all
}

func addTo(to Numbers, figure string, n int64) {
	if n == 0 {
		return
	}
	Add(to, Numbers{balanceCode: {figure: {"": n}}})
	if to[balanceCode][figure][""] == 0 {
		delete(to[balanceCode][figure], "")
	}
}

// outside gives the transfers to and from counties that are none of this office's.
func outside(all []Sender, of districts) []count.Transfer {
	n := map[[2]string]int64{}
	for i := range all {
		for _, t := range all[i].Transfers {
			if _, own := of[t.County]; !own {
				n[[2]string{t.Figure, t.County}] += t.N
			}
		}
	}
	list := []count.Transfer{}
	for _, k := range slices.SortedFunc(maps.Keys(n), compareSides) {
		list = append(list, count.Transfer{Figure: k[0], County: k[1], N: n[k]})
	}
	return list
}
