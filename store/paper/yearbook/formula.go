package yearbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// formula is one that is published with a table: a row (or, of columns, a column) is the
// sum of others, or at least that. Rows are counted from 1, columns from A as 1.
type formula struct {
	columns bool
	left    int
	minus   []int // taken off the right side
	right   []int
	least   bool // ≥ instead of =
}

// rowIs says that a row is the sum of others.
func rowIs(left int, right ...int) formula { return formula{left: left, right: right} }

// rowHolds says that a row is not less than the sum of others.
func rowHolds(left int, right ...int) formula { return formula{left: left, right: right, least: true} }

// columnIs says that a column is the sum of others.
func columnIs(left int, right ...int) formula {
	return formula{columns: true, left: left, right: right}
}

// columnHolds says that a column is not less than the sum of others.
func columnHolds(left int, right ...int) formula {
	return formula{columns: true, left: left, right: right, least: true}
}

// to gives the numbers from a to b.
func to(a, b int) []int {
	var all []int
	for i := a; i <= b; i++ {
		all = append(all, i)
	}
	return all
}

// name writes the formula as the tables print it: 2=3+4+5, A=B+C+D, 15=14-13.
func (f formula) name() string {
	one := func(i int) string {
		if f.columns {
			return letter(i - 1)
		}
		return strconv.Itoa(i)
	}
	terms := make([]string, len(f.right))
	for i, r := range f.right {
		terms[i] = one(r)
	}
	// A long run of neighbours is written by its ends.
	if n := len(terms); n > 4 && f.right[n-1]-f.right[0] == n-1 {
		terms = []string{terms[0], "…", terms[n-1]}
	}
	text := strings.Join(terms, "+")
	for _, m := range f.minus {
		text += "-" + one(m)
	}
	sign := "="
	if f.least {
		sign = "≥"
	}
	return one(f.left) + sign + text
}

// differences gives where the formula does not hold, as people read it. Where a cell is
// blank, what is known may not be more than the whole.
func (f formula) differences(g *grid) []string {
	var found []string
	lines := len(g.columns)
	if f.columns {
		lines = len(g.rows)
	}
	at := func(line, i int) figure {
		if f.columns {
			return g.cells[line][i-1]
		}
		return g.cells[i-1][line]
	}
	for line := range lines {
		left := at(line, f.left)
		var sum int64
		blank := left.blank
		for _, i := range f.right {
			sum += at(line, i).n * known(at(line, i))
			blank = blank || at(line, i).blank
		}
		for _, i := range f.minus {
			sum -= at(line, i).n
			blank = blank || at(line, i).blank
		}
		if left.blank || blank && len(f.minus) > 0 || left.n == sum || (f.least || blank) && left.n >= sum {
			continue
		}
		where := letter(line) + " 栏"
		if f.columns {
			where = fmt.Sprintf("第 %d 行“%s”", line+1, g.rows[line].label)
		}
		found = append(found, fmt.Sprintf("%s:%s 左边 %d,右边 %d,差 %d", where, f.name(), left.n, sum, left.n-sum))
	}
	return found
}

func known(f figure) int64 {
	if f.blank {
		return 0
	}
	return 1
}

// check says below a table which formulas hold and where they don't.
func check(g *grid, formulas ...formula) []string {
	var names, wrong []string
	for _, f := range formulas {
		names = append(names, f.name())
		wrong = append(wrong, f.differences(g)...)
	}
	text := "校验关系: " + strings.Join(names, ", ")
	switch {
	case len(wrong) > 0:
		return slices.Concat([]string{text + "。不符 " + strconv.Itoa(len(wrong)) + " 处:"}, wrong)
	case g.blanks():
		return []string{text + "。都相符(有空栏的,已知各项之和不超过合计)。"}
	}
	return []string{text + "。都相符。"}
}
