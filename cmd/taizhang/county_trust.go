package main

import (
	"bufio"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/county"
)

// trustOptions are the flags of county trust.
type trustOptions struct {
	restored, yes bool
	digits        string
}

func (m *Main) countyTrustCommand() *cobra.Command {
	var o trustOptions
	c := &cobra.Command{
		Use:   "trust 组织代码",
		Short: "认可换了的密钥,或放行从旧备份恢复的台账(--restored)",
		Long: "报送包因为密钥与以前不同而被退回时:显示新旧两个密钥的八位校验数字,打电话与村里核对一致后认可;\n" +
			"它的下一个报送包就接收,并代替这个单位原来的记录。村里在“设置”里看得到自己的校验数字。\n" +
			"村里的台账从旧备份恢复后,序号会重复:核实以后加 --restored 放行它的下一个报送包。",
		Args: argsNamed("组织代码"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				if o.restored {
					if err := county.AllowRestored(cmd.Context(), l, args[0]); err != nil {
						return err
					}
					m.sayf("已放行:%s 的下一个报送包,序号重复也会接收", args[0])
					return nil
				}
				return m.trustKey(cmd, l, args[0], o)
			})
		},
	}
	f := c.Flags()
	f.BoolVar(&o.restored, "restored", false, "台账是从旧备份恢复的")
	f.BoolVar(&o.yes, "yes", false, "已核对过,不再问(要同时写 --digits)")
	f.StringVar(&o.digits, "digits", "", "对方报来的新密钥的八位校验数字")
	return c
}

// trustKey shows the check digits and wants a person's word that they agree.
func (m *Main) trustKey(cmd *cobra.Command, l *store.Ledger, code string, o trustOptions) error {
	c, err := county.ChangedKey(cmd.Context(), l, code)
	if err != nil {
		return err
	}
	m.sayf("%s %s:%s 被退回的报送包 %s", code, model.Clean(c.Name, false), dayOf(c.At), model.Clean(c.File, false))
	m.sayf("原来的密钥校验数字 %s", c.Old)
	m.sayf("新的密钥校验数字   %s", c.New)
	digits := o.digits
	switch {
	case o.yes && digits == "":
		return usagef("--yes 要同时写上对方报来的八位数字:--digits NNNNNNNN")
	case o.yes:
	case !m.Terminal:
		return usagef("请打电话与对方核对新密钥的八位数字,一致的话加上 --yes --digits NNNNNNNN 再运行一次")
	default:
		m.tellf("请打电话,让对方念出“设置”里的校验数字,打在这里(不认可就直接回车):")
		line, err := bufio.NewReader(m.Stdin).ReadString('\n')
		if digits = strings.TrimSpace(line); digits == "" {
			m.sayf("没有认可,一切照旧")
			if err != nil {
				return errQuiet
			}
			return nil
		}
	}
	if err := county.Trust(cmd.Context(), l, c, digits); err != nil {
		return err
	}
	m.sayf("已认可新密钥:请再收一次它的报送包,收入后代替这个单位原来的记录")
	return nil
}

// dayOf gives the day of a moment as the ledger writes it.
func dayOf(at string) string {
	if len(at) >= 10 {
		return at[:10]
	}
	return at
}
