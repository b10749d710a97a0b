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
	copy, restored, yes bool
	digits              string
}

func (m *Main) countyTrustCommand() *cobra.Command {
	var o trustOptions
	c := &cobra.Command{
		Use:   "trust 组织代码",
		Short: "认可换了的密钥,或放行拷成两份的(--copy)、从旧备份恢复的台账(--restored)",
		Long: "报送包因为密钥与以前不同而被退回时:显示新旧两个密钥的八位校验数字,打电话与村里核对一致后认可;\n" +
			"它的下一个报送包就接收,并代替这个单位原来的记录。村里在“设置”里看得到自己的校验数字。\n" +
			"报送包不是接着县里最后收下的那一个做的,也会被退回:台账拷到了两台电脑上都在记,或者从旧备份恢复过。\n" +
			"打电话问清楚、村里定下用哪一份以后,加 --copy(两台电脑)或 --restored(旧备份):先列出县里有、这个包里没有的,\n" +
			"看过再放行那份台账的下一个报送包。不在终端上用时加 --yes。",
		Args: argsNamed("组织代码"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.copy && o.restored {
				return usagef("--copy 和 --restored 只能写一个")
			}
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				if o.copy || o.restored {
					return m.allowFork(cmd, l, args[0], o)
				}
				return m.trustKey(cmd, l, args[0], o)
			})
		},
	}
	f := c.Flags()
	f.BoolVar(&o.copy, "copy", false, "台账拷成了两份,村里定下用被退回的这一份")
	f.BoolVar(&o.restored, "restored", false, "台账是从旧备份恢复的")
	f.BoolVar(&o.yes, "yes", false, "已核对过,不再问(认可密钥要同时写 --digits)")
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

// allowFork shows what would be lost and wants a person's word that it is meant.
func (m *Main) allowFork(cmd *cobra.Command, l *store.Ledger, code string, o trustOptions) error {
	f, err := county.LastFork(cmd.Context(), l, code)
	if err != nil {
		return err
	}
	m.sayf("%s %s:%s 被退回的报送包 %s(%s第 %d 号)", code, f.Name, dayOf(f.At), model.Clean(f.File, false), f.Month.Chinese(), f.Sequence)
	m.sayf("%s", f.Story())
	if f.Fork.Loss.None() {
		m.sayf("县里有的,这个包里都有,放行不会丢记录")
	} else {
		m.sayf("放行后,县里的记录换成这个包里的:")
	}
	for _, line := range f.Fork.Loss.Lines(l.Kinds()) {
		m.sayf("  %s", model.Clean(line, false))
	}
	switch {
	case o.yes:
	case !m.Terminal:
		return usagef("请打电话问过村里,看清会少什么,确实用这一份台账的,加上 --yes 再运行一次")
	default:
		m.tellf("打电话问过村里、确实用这一份台账的,打“放行”两个字按回车(不放行就直接回车):")
		line, err := bufio.NewReader(m.Stdin).ReadString('\n')
		if strings.TrimSpace(line) != "放行" {
			m.sayf("没有放行,一切照旧")
			if err != nil {
				return errQuiet
			}
			return nil
		}
	}
	as := county.ForkRestored
	if o.copy {
		as = county.ForkCopy
	}
	if err := county.AllowFork(cmd.Context(), l, f, as); err != nil {
		return err
	}
	m.sayf("已放行:请再收一次这个报送包,或让村里从这份台账重新导出再收;别的一份导出的会被退回")
	return nil
}

// dayOf gives the day of a moment as the ledger writes it.
func dayOf(at string) string {
	if len(at) >= 10 {
		return at[:10]
	}
	return at
}
