package main

import (
	"bufio"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
	"taizhang/store/sheet"
)

func (m *Main) countyRollCommand() *cobra.Command {
	var flags profileFlags
	var keep []string
	c := &cobra.Command{
		Use:   "roll 文件",
		Short: "取入应报送的单位名单(.xlsx 或 .csv:代码、名称、乡镇、领域、电话)",
		Long: "取入应报送的单位名单,整个代替原来的。名单决定谁迟报、乡镇怎么写;名单外的报送包不接收。有一行不对,整个名单都不取入。\n" +
			"原来有、新名单里没有的单位,一个一个问:撤销、合并到哪个单位、换了代码,还是表里漏了。\n" +
			"名单随配置文件发给各村:名单有变化时,配置文件升一版,重新签发。",
		Args: argsNamed("名单文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				key, err := m.keyIfThere(cmd, l, flags.key)
				if err != nil {
					return err
				}
				units, err := sheet.Units(cmd.Context(), book.Standard, args[0])
				if err != nil {
					return err
				}
				compared, err := county.CompareRoll(cmd.Context(), l, units)
				if err != nil {
					return err
				}
				answers, err := m.askRoll(l, compared, keep)
				if err != nil {
					return err
				}
				if err := county.ApplyRoll(cmd.Context(), l, compared, answers); err != nil {
					return err
				}
				m.sayf("已取入单位名单:%d 个单位", len(units)+missed(answers))
				for _, r := range compared.Renamed {
					m.sayf("改了名称:%s %s → %s", r.Code, model.Clean(r.Before, false), model.Clean(r.Now, false))
				}
				return m.reissued(cmd, l, &flags, key)
			})
		},
	}
	flags.add(c)
	c.Flags().StringSliceVar(&keep, "keep", nil, "新名单里漏了、其实还在的单位的代码(代码没变、改成了别的单位的名称的也是),可以写几个,用逗号分开;写“全部”是都算漏了")
	return c
}

func missed(answers []county.RollAnswer) (n int) {
	for _, a := range answers {
		n += model.OneIf(a.What == county.RollMissed)
	}
	return n
}

// askRoll asks for each unit that the new list lacks what became of it. Without a
// terminal it says what to type.
func (m *Main) askRoll(l *store.Ledger, c county.RollComparison, keep []string) ([]county.RollAnswer, error) {
	var answers []county.RollAnswer
	var open []county.RollGone
	for _, g := range c.Gone {
		if slices.Contains(keep, g.Code) || slices.Contains(keep, "全部") && g.Taken.Code == "" {
			a := county.RollAnswer{Code: g.Code, What: county.RollMissed}
			if g.Taken.Code != "" {
				a.What = county.RollSame
			}
			answers = append(answers, a)
			continue
		}
		open = append(open, g)
	}
	if len(open)+len(c.Retired) == 0 {
		return answers, nil
	}
	if !m.Terminal {
		return nil, m.rollQuestions(l, open, c.Retired)
	}
	in := bufio.NewReader(m.Stdin)
	for n, g := range open {
		if g.Taken.Code != "" {
			m.tellf("新名单里 %s 是“%s”,原来是“%s”(%d/%d)。原来的单位:1 还是它,改了名称 2 换了代码", g.Code, model.Clean(g.Taken.Name, false), g.Called(), n+1, len(open))
		} else {
			m.tellf("新名单里没有 %s %s(%d/%d)。它是:1 撤销 2 合并到别的单位 3 换了代码 4 表里漏了", g.Code, g.Called(), n+1, len(open))
		}
		if g.Likely != "" {
			m.tellf("\n  (新名单里的 %s 同名,多半是换了代码)", g.Likely)
		}
		a, err := m.askGone(in, l, g)
		if err != nil {
			return nil, err
		}
		answers = append(answers, a)
	}
	for _, u := range c.Retired {
		m.tellf("新名单里的 %s 是已撤销的 %s(%s)。现在是:1 撤销记错了,单位还在 2 代码给了别的单位", u.Code, u.Called(), u.RetiredOn)
		what, err := m.choose(in, county.RollBack, county.RollReused)
		if err != nil {
			return nil, err
		}
		answers = append(answers, county.RollAnswer{Code: u.Code, What: what, On: l.Source().Today()})
	}
	return answers, nil
}

// ask reads a line; "" gives up.
func (m *Main) ask(in *bufio.Reader, question string) (string, error) {
	m.tellf("\n%s:", question)
	line, err := in.ReadString('\n')
	text := strings.TrimSpace(line)
	if text == "" {
		m.sayf("没有取入,一切照旧")
		if err != nil {
			return "", errQuiet
		}
		return "", errQuiet
	}
	return text, nil
}

func (m *Main) choose(in *bufio.Reader, choices ...string) (string, error) {
	for {
		text, err := m.ask(in, "打数字再按回车(直接按回车就不取入)")
		if err != nil {
			return "", err
		}
		if n, err := strconv.Atoi(model.HalfWidth(text)); err == nil && n >= 1 && n <= len(choices) {
			return choices[n-1], nil
		}
		m.tellf("没有这一项。")
	}
}

// askGone asks what became of one unit.
func (m *Main) askGone(in *bufio.Reader, l *store.Ledger, g county.RollGone) (county.RollAnswer, error) {
	a := county.RollAnswer{Code: g.Code}
	choices := []string{county.RollAbolished, county.RollMerged, county.RollRecoded, county.RollMissed}
	if g.Taken.Code != "" {
		choices = []string{county.RollSame, county.RollRecoded}
	}
	var err error
	if a.What, err = m.choose(in, choices...); err != nil || a.What == county.RollMissed || a.What == county.RollSame {
		return a, err
	}
	switch a.What {
	case county.RollMerged:
		a.To, err = m.ask(in, "并入哪个单位的代码")
	case county.RollRecoded:
		a.To, err = m.ask(in, "新代码")
	}
	if err != nil {
		return a, err
	}
	for {
		text, err := m.ask(in, "从哪一天起,例如 "+string(l.Source().Today()))
		if err != nil {
			return a, err
		}
		if a.On, err = model.ParseDate(text); err == nil {
			return a, nil
		}
		m.tellf("%s", err.Error())
	}
}

// rollQuestions lists the units to be answered for, with what to type.
func (m *Main) rollQuestions(l *store.Ledger, gone []county.RollGone, retired []county.Life) error {
	today := l.Source().Today()
	for _, g := range gone {
		to := "新代码"
		if g.Likely != "" {
			to = g.Likely
		}
		if g.Taken.Code != "" {
			m.tellf("%s %s:新名单里这个代码是“%s”\n", g.Code, g.Called(), model.Clean(g.Taken.Name, false))
			m.tellf("  还是它,改了名称:取入名单时加上 --keep %s\n", g.Code)
			m.tellf("  换了代码:        taizhang county unit recode %s %s --on %s --yes\n", g.Code, to, today)
			continue
		}
		m.tellf("%s %s:新名单里没有\n", g.Code, g.Called())
		m.tellf("  撤销:    taizhang county unit retire %s --on %s --yes\n", g.Code, today)
		m.tellf("  合并:    taizhang county unit retire %s --on %s --into 并入单位的代码 --yes\n", g.Code, today)
		m.tellf("  换了代码:taizhang county unit recode %s %s --on %s --yes\n", g.Code, to, today)
		m.tellf("  表里漏了:取入名单时加上 --keep %s\n", g.Code)
	}
	for _, u := range retired {
		m.tellf("%s %s:已在 %s 撤销,新名单里又有\n", u.Code, u.Called(), u.RetiredOn)
		m.tellf("  撤销记错了:      taizhang county unit retire %s --undo --yes\n", u.Code)
		m.tellf("  代码给了别的单位:请在终端里取入,照着问题回答\n")
	}
	return model.Errorf("E-ROLL", "名单没有取入:上面 %d 个单位要先说明,照上面的命令办好以后再取入一次", len(gone)+len(retired))
}
