package count

import (
	"strconv"
	"strings"

	"taizhang/model"
)

// goalPrefix begins the county's parameters that set a figure's goal.
const goalPrefix = "goal."

// Goal is the goal of a figure as a county can set it: the parameter goal.CODE.KEY, a
// whole percentage, 0 for none.
type Goal struct {
	Name      string // goal.CODE.KEY
	Indicator *Indicator
	Figure    *Figure
}

// Goals gives the figures of the summary that have a goal, in its order.
func Goals() []Goal {
	var all []Goal
	for _, ind := range Indicators() {
		for i := range ind.Figures {
			if f := &ind.Figures[i]; f.Goal > 0 {
				all = append(all, Goal{goalPrefix + ind.Code + "." + f.Key, ind, f})
			}
		}
	}
	return all
}

// Title says in Chinese what the goal is of.
func (g Goal) Title() string {
	return g.Indicator.Code + " " + g.Indicator.Title + "的目标:" + g.Figure.Title
}

// CheckGoal judges a parameter of a county's: known tells that it sets a goal. It
// refuses a goal of a figure that has none, or a value that is no whole percentage, by
// an Error E-PARAM.
func CheckGoal(name, value string) (known bool, err error) {
	if !strings.HasPrefix(name, goalPrefix) {
		return false, nil
	}
	for _, g := range Goals() {
		if g.Name != name {
			continue
		}
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n > 100 {
			return true, model.Errorf("E-PARAM", "参数 %s(%s)的值“%s”不是 0 到 100 的整数", name, g.Title(), value)
		}
		return true, nil
	}
	return false, model.Errorf("E-PARAM", "没有名为 %s 的参数", name)
}
