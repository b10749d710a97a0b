package console

import (
	"os"
	"strconv"

	"taizhang/model"
)

// ornaments are characters that some terminals of Chinese systems draw two cells wide:
// where any of them is, all are drawn in ASCII.
const ornaments = "─…●√"

// narrow is how many cells they take together where each takes one.
const narrow = 4

// Question is whether the terminal draws ornaments two cells wide. It is asked before the
// ledger is opened and looked at afterwards, so that nobody waits for the answer. The zero
// Question asks nothing.
type Question struct {
	t     *terminal // nil: nothing was asked, or it is over
	ahead []byte
}

// Ask asks the terminal on standard input and output. Wide or Drop must follow.
func Ask() *Question { return ask(os.Stdin, os.Stdout) }

func ask(in, out *os.File) *Question {
	q := &Question{}
	t, err := begin(in, out, patience)
	if err != nil {
		return q
	}
	if q.t = t; t.draw(ornaments) != nil {
		q.Drop()
	}
	return q
}

// Drop puts the terminal back as it was, whether it has answered or not.
func (q *Question) Drop() {
	if q.t != nil {
		_ = q.t.end() // nothing can be said of it: the screens set it anew
		q.t = nil
	}
}

// Wide gives the answer and puts the terminal back as it was.
func (q *Question) Wide() bool {
	if q.t == nil {
		return wideUnasked
	}
	defer q.Drop()
	column, err := q.t.column()
	q.ahead = q.t.ahead
	if err != nil {
		return wideUnasked
	}
	return column != narrow
}

// Ahead gives what was typed before the screens began.
func (q *Question) Ahead() []byte { return q.ahead }

// position is how a terminal tells where its cursor stands (CPR of ECMA-48).
var position = model.NewPattern(`\x1b\[(\d+);(\d+)R`)

// answered finds the answer ESC [ row ; column R in what a terminal sent: the column from 0,
// and what was typed around it; false while it isn't whole.
func answered(sent []byte) (column int, rest []byte, ok bool) {
	at := position.FindSubmatchIndex(sent)
	if at == nil {
		return 0, sent, false
	}
	column, err := strconv.Atoi(string(sent[at[4]:at[5]]))
	rest = append(append(rest, sent[:at[0]]...), sent[at[1]:]...)
	return column - 1, rest, err == nil
}
