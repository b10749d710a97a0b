package main

import (
	"bufio"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

func (m *Main) countyUnitCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "unit",
		Short: "单位的来去:看名单、登记撤销合并、换代码",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(m.countyUnitListCommand(), m.countyUnitRetireCommand(), m.countyUnitRecodeCommand())
	return c
}

func (m *Main) countyUnitListCommand() *cobra.Command {
	var asJSON, all bool
	c := &cobra.Command{
		Use:   "list",
		Short: "列出单位:代码、名称、状态、最近报的月份、密钥校验数字",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.withCounty(cmd.Context(), true, func(l *store.Ledger) error {
				units, err := county.Units(cmd.Context(), l)
				if err != nil {
					return err
				}
				return m.sayUnitStates(units, asJSON, all)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "写成 JSON")
	c.Flags().BoolVar(&all, "all", true, "也列出已撤销的")
	return c
}

func (m *Main) sayUnitStates(units []county.UnitState, asJSON, all bool) error {
	list := []map[string]any{}
	for _, u := range units {
		if u.RetiredOn != "" && !all {
			continue
		}
		former := []map[string]any{}
		var codes []string
		for _, f := range u.Former {
			former = append(former, map[string]any{"code": f.Code, "until": f.Until})
			codes = append(codes, f.Code)
		}
		list = append(list, map[string]any{"code": u.Code, "name": u.Name, "township": u.Township, "domain": u.Domain, "state": u.State(),
			"newest": u.Newest, "digits": u.Digits, "members": u.Members, "former": former, "retired_on": u.RetiredOn, "into": u.Into, "reason": u.Reason})
		if asJSON {
			continue
		}
		more := ""
		if u.RetiredOn != "" {
			more = " " + string(u.RetiredOn) + " " + u.Reason
			if u.Into != "" {
				more += "到 " + u.Into
			}
		}
		if len(codes) > 0 {
			more += " 原代码 " + strings.Join(codes, "、")
		}
		m.sayf("%s %s %s %s %s%s", u.Code, u.Called(), u.State(), orDash(string(u.Newest)), orDash(u.Digits), more)
	}
	if asJSON {
		return writeJSON(m.Stdout, list)
	}
	return nil
}

// unitChange are the flags of the commands that change a unit.
type unitChange struct {
	profileFlags
	on   string
	yes  bool
	undo bool
}

func (u *unitChange) flags(c *cobra.Command) {
	u.add(c)
	c.Flags().StringVar(&u.on, "on", "", "从哪一天起,例如 2026-07-01")
	c.Flags().BoolVar(&u.yes, "yes", false, "不再问")
}

// day reads the day, which must be said.
func (u *unitChange) day(l *store.Ledger) (model.Date, error) {
	if u.on == "" {
		return "", usagef("请用 --on 写明从哪一天起,例如 --on %s", l.Source().Today())
	}
	day, err := model.ParseDate(u.on)
	if err != nil {
		return "", usagef("--on:%s", err.Error())
	}
	return day, nil
}

// agreed shows what will be done and wants a person's word.
func (m *Main) agreed(plan []string, yes bool) (bool, error) {
	for _, line := range plan {
		m.sayf("%s", line)
	}
	switch {
	case yes:
		return true, nil
	case !m.Terminal:
		return false, usagef("请核对上面的话,对的话加上 --yes 再运行一次")
	}
	m.tellf("照这样办吗?打“是”再按回车,不办直接按回车:")
	line, err := bufio.NewReader(m.Stdin).ReadString('\n')
	if err != nil && line == "" {
		return false, errQuiet
	}
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "是", "y", "yes":
		return true, nil
	}
	m.sayf("没有办,一切照旧")
	return false, nil
}

// reissued signs the profile anew after a change of units, where the key is there.
func (m *Main) reissued(cmd *cobra.Command, l *store.Ledger, flags *profileFlags, key *bundle.CountyKey) error {
	if key == nil {
		m.sayf("没有找到县里的密钥,配置文件没有重新签发;请用 county issue 或 county roll 加 --key 补签")
		return nil
	}
	before, err := send.Profile(cmd.Context(), l)
	if err != nil {
		return err
	}
	p, err := county.Reissue(cmd.Context(), l, key, flags.path(l), nil)
	if err != nil {
		return err
	}
	m.sayReissued(before, p, flags.path(l))
	return nil
}

// keyIfThere gives the county's key, nil where none lies beside the ledger.
func (m *Main) keyIfThere(cmd *cobra.Command, l *store.Ledger, path string) (*bundle.CountyKey, error) {
	key, _, err := m.openKey(cmd.Context(), l, path)
	var known *model.Error
	if errors.As(err, &known) && known.Code == codeNoKey && path == "" {
		return nil, nil
	}
	return key, err
}

// changeUnit runs a change of units: plan says what it does, do does it.
func (m *Main) changeUnit(cmd *cobra.Command, o *unitChange, plan func(*store.Ledger, map[string]county.Life) ([]string, func() error, error)) error {
	return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
		key, err := m.keyIfThere(cmd, l, o.key)
		if err != nil {
			return err
		}
		lives, err := county.Lives(cmd.Context(), l)
		if err != nil {
			return err
		}
		said, do, err := plan(l, lives)
		if err != nil {
			return err
		}
		if ok, err := m.agreed(said, o.yes); !ok || err != nil {
			return err
		}
		if err := do(); err != nil {
			return err
		}
		m.sayf("已经办好")
		return m.reissued(cmd, l, &o.profileFlags, key)
	})
}

func (m *Main) countyUnitRetireCommand() *cobra.Command {
	var o unitChange
	var into, reason string
	c := &cobra.Command{
		Use:   "retire 代码或名称 --on 日期 [--into 代码或名称]",
		Short: "登记单位撤销,或并入另一个单位(--into);记错了加 --undo 撤回",
		Long: "登记单位从某一天起撤销或并入另一个单位:以前的数照旧算它,以后不再催报;\n" +
			"它还在册的党员记为“待转接”,在别的单位登记在册以后就不再另算。记错了加 --undo 撤回。",
		Args: argsNamed("单位的代码或名称"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.changeUnit(cmd, &o, func(l *store.Ledger, lives map[string]county.Life) ([]string, func() error, error) {
				u, err := county.FindUnit(lives, args[0])
				if err != nil {
					return nil, nil, err
				}
				if o.undo {
					return []string{"撤回 " + u.Code + " " + u.Called() + " 的撤销登记,重新列入单位名单"},
						func() error { return county.Unretire(cmd.Context(), l, u.Code) }, nil
				}
				r := county.Retirement{Code: u.Code, Reason: reason}
				if into != "" {
					other, err := county.FindUnit(lives, into)
					if err != nil {
						return nil, nil, err
					}
					r.Into = other.Code
				}
				if r.On, err = o.day(l); err != nil {
					return nil, nil, err
				}
				plan, err := county.RetirePlan(cmd.Context(), l, r)
				return plan, func() error { return county.Retire(cmd.Context(), l, r) }, err
			})
		},
	}
	o.flags(c)
	c.Flags().BoolVar(&o.undo, "undo", false, "撤回:这个单位没有撤销")
	c.Flags().StringVar(&into, "into", "", "并入哪个单位,写代码或名称")
	c.Flags().StringVar(&reason, "reason", "", "撤销 或 合并;不写时,有 --into 的是合并")
	return c
}

func (m *Main) countyUnitRecodeCommand() *cobra.Command {
	var o unitChange
	c := &cobra.Command{
		Use:   "recode 旧代码或名称 新代码 --on 日期",
		Short: "登记单位换了代码:记录、密钥和以前的报送都跟着它",
		Args:  argsNamed("旧代码或名称", "新代码"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.changeUnit(cmd, &o, func(l *store.Ledger, lives map[string]county.Life) ([]string, func() error, error) {
				u, err := county.FindUnit(lives, args[0])
				if err != nil {
					return nil, nil, err
				}
				on, err := o.day(l)
				if err != nil {
					return nil, nil, err
				}
				code := strings.Join(strings.Fields(model.HalfWidth(args[1])), "")
				plan, err := county.RecodePlan(cmd.Context(), l, u.Code, code, on)
				return plan, func() error { return county.Recode(cmd.Context(), l, u.Code, code, on) }, err
			})
		},
	}
	o.flags(c)
	return c
}
