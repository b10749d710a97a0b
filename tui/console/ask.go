package console

import (
	"strconv"

	"taizhang/model"
)

// ornaments are characters that some terminals of Chinese systems draw two cells wide:
// where any of them is, all are drawn in ASCII.
const ornaments = "─…●√"

// narrow is how many cells they take together where each takes one.
const narrow = 4

// position is how a terminal tells where its cursor stands (CPR of ECMA-48).
var position = model.NewPattern(`\x1b\[(\d+);(\d+)R`)

// answered looks for the answer in what the terminal sent: whether it has come, whether
// ornaments are wide, and what was typed around it.
func answered(in []byte) (come, wide bool, rest []byte) {
	at := position.FindSubmatchIndex(in)
	if at == nil {
		return false, false, in
	}
	column, err := strconv.Atoi(string(in[at[4]:at[5]]))
	rest = append(append(rest, in[:at[0]]...), in[at[1]:]...)
	return true, err != nil || column != narrow+1, rest
}
