package widget

import (
	"fmt"

	"taizhang/model"
)

// Usual is a widget that may be told who is usually not there, as of last time: no value
// before everybody else has been written down.
type Usual interface{ Usual(marks []model.Mark) }

// Usual implements Usual: Enter on the empty roll gives these their states at once.
func (r *roll) Usual(marks []model.Mark) { r.usual = marks }

// putUsual gives those who are due their usual states, and tells how many.
func (r *roll) putUsual() int {
	n := 0
	for _, m := range r.usual {
		if _, due := r.state[m.Target]; due {
			r.state[m.Target] = m.State
			n++
		}
	}
	return n
}

// usualText tells of those whom putUsual has marked.
func usualText(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(",上次没到的 %d 人照上次", n)
}
