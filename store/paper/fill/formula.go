package fill

import (
	"fmt"
	"strconv"
	"strings"

	"taizhang/model"
)

// cellRef finds what may be a cell's name in a formula.
var cellRef = model.NewPattern(`\$?[A-Z]{1,3}\$?\d{1,7}`)

// pieces cuts a formula into what may hold cells' names and what may not: texts in
// quotes, and sheets' names.
func pieces(formula string, plain func(string) string) string {
	var b strings.Builder
	for len(formula) > 0 {
		i := strings.IndexAny(formula, `"'`)
		if i < 0 {
			b.WriteString(plain(formula))
			break
		}
		b.WriteString(plain(formula[:i]))
		end := strings.IndexByte(formula[i+1:], formula[i])
		if end < 0 {
			b.WriteString(formula[i:])
			break
		}
		b.WriteString(formula[i : i+end+2])
		formula = formula[i+end+2:]
	}
	return b.String()
}

// refsIn lets every cell's name in a piece of a formula be replaced.
func refsIn(piece string, replace func(ref string) string) string {
	var b strings.Builder
	at := 0
	for _, m := range cellRef.FindAllStringIndex(piece, -1) {
		before, after := byte(' '), byte(' ')
		if m[0] > 0 {
			before = piece[m[0]-1]
		}
		if m[1] < len(piece) {
			after = piece[m[1]]
		}
		if wordByte(before) || wordByte(after) || after == '(' || after == '!' {
			continue // a function's or a sheet's name
		}
		b.WriteString(piece[at:m[0]])
		b.WriteString(replace(piece[m[0]:m[1]]))
		at = m[1]
	}
	b.WriteString(piece[at:])
	return b.String()
}

func wordByte(c byte) bool {
	return c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80
}

// splitRef cuts $E$5 into $E, $ and 5.
func splitRef(ref string) (column string, fixed bool, row int) {
	digits := strings.TrimLeft(ref, "$ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	column = strings.TrimSuffix(ref[:len(ref)-len(digits)], "$")
	return column, len(column)+len(digits) < len(ref), atoi(digits)
}

// shiftFormula gives the formula as it stands so many rows further down.
func shiftFormula(formula string, rows int) string {
	return pieces(formula, func(piece string) string {
		return refsIn(piece, func(ref string) string {
			column, fixed, row := splitRef(ref)
			if fixed || row+rows < 1 {
				return ref
			}
			return column + strconv.Itoa(row+rows)
		})
	})
}

var cellRange = model.NewPattern(`(\$?[A-Z]{1,3}\$?)(\d{1,7})(?::(\$?[A-Z]{1,3}\$?)(\d{1,7}))?\b`)

// widenFormula lets what names a table's only row (counted from 1) reach over n more
// rows: SUM(E5) and SUM(E5:E5) become SUM(E5:E9). In another sheet's formula only names
// with the table's sheet before them count.
func widenFormula(formula, sheet string, same bool, row, n int) string {
	if !strings.Contains(formula, "(") {
		return formula // =E5 takes one cell's value
	}
	var b strings.Builder
	at := 0
	for _, m := range cellRange.FindAllStringSubmatchIndex(formula, -1) {
		before := formula[:m[0]]
		named := strings.HasSuffix(before, "!")
		ours := strings.HasSuffix(before, sheet+"!") || strings.HasSuffix(before, "'"+sheet+"'!")
		if named != ours || !named && !same || before != "" && wordByte(before[len(before)-1]) || strings.HasPrefix(formula[m[1]:], "(") {
			continue
		}
		if strings.Count(before, `"`)%2 == 1 || atoi(formula[m[4]:m[5]]) != row {
			continue
		}
		last := formula[m[2]:m[3]]
		if m[6] >= 0 {
			if atoi(formula[m[8]:m[9]]) != row {
				continue
			}
			last = formula[m[6]:m[7]]
		}
		b.WriteString(formula[at:m[0]])
		fmt.Fprintf(&b, "%s%d:%s%d", formula[m[2]:m[3]], row, last, row+n)
		at = m[1]
	}
	return b.String() + formula[at:]
}

var addends = model.NewPattern(`^\+?\$?[A-Z]{1,3}\$?\d+(\+\$?[A-Z]{1,3}\$?\d+)+$`)

// sumOfAll makes a sum of a formula that adds up all rows of a table one by one, when n
// rows have been made at a row; else the formula stays.
func sumOfAll(formula string, body []int, at, n int) string {
	f := strings.ReplaceAll(formula, "$", "")
	if len(body) < 2 || !addends.MatchString(f) {
		return formula
	}
	parts := strings.Split(strings.TrimPrefix(f, "+"), "+")
	column, _, _ := splitRef(parts[0])
	if len(parts) != len(body) {
		return formula
	}
	for i, p := range parts {
		row := body[i]
		if row >= at {
			row += n
		}
		if c, _, r := splitRef(p); c != column || r != row+1 {
			return formula
		}
	}
	return fmt.Sprintf("SUM(%s%d:%s%d)", column, body[0]+1, column, body[len(body)-1]+n+1)
}
