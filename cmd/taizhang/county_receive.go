package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

func (m *Main) countyReceiveCommand() *cobra.Command {
	var keyFile string
	var asJSON bool
	c := &cobra.Command{
		Use:   "receive 文件或文件夹…",
		Short: "接收各村的报送包(可以写整个 U 盘)",
		Long: "接收各村的报送包:逐个检查,每个包要么整个收入,要么一点不动。一个包一行结果;有包被退回或待核实时,结束状态为 1。\n" +
			"少了在册党员又没有办理变动的,或一类记录少了三分之一以上的,先放着不收(待核实),由您问过村里再定:taizhang county review。\n" +
			"密钥加了口令时,在终端上会问;也可以放在环境变量 TAIZHANG_PASSPHRASE 里。",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || slices.Contains(args, "") {
				return usagef("缺少文件或文件夹,用法:%s", cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.withCountyKey(cmd.Context(), keyFile, func(l *store.Ledger, key *bundle.CountyKey) error {
				err := m.receive(cmd.Context(), l, key, args, asJSON)
				return errors.Join(err, m.remindOfKey(cmd.Context(), l))
			})
		},
	}
	c.Flags().StringVar(&keyFile, "key", "", "县里的密钥(不写用台账旁边的 county.key)")
	c.Flags().BoolVar(&asJSON, "json", false, "结果写成 JSON")
	return c
}

func (m *Main) receive(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, paths []string, asJSON bool) error {
	refused := 0
	all, err := county.Receive(ctx, l, key, paths, county.ReceiveOptions{Each: func(done, count int, i county.Intake) {
		if i.Verdict == county.Refused || i.Verdict == county.Unread || i.Verdict == county.Waiting {
			refused++
		}
		if m.Terminal {
			m.tellf("\r%s %d/%d ", bar(done, count, 30), done, count)
			if done == count {
				m.tellf("\n")
			}
		}
		if !asJSON && !m.Terminal {
			m.sayf("%s", receivedLine(l.Kinds(), i))
		}
	}})
	switch {
	case asJSON:
		if all == nil {
			all = []county.Intake{}
		}
		err = errors.Join(err, writeJSON(m.Stdout, all))
	default:
		if m.Terminal { // the bar is done, so the lines don't break it
			for _, i := range all {
				m.sayf("%s", receivedLine(l.Kinds(), i))
			}
		}
		m.sayf("%s", receivedSum(all))
		late, fault := county.LateText(ctx, l, all)
		for _, text := range late {
			m.sayf("%s;要算进去,请更正封账(taizhang county close --again)", text)
		}
		err = errors.Join(err, fault)
		if slices.ContainsFunc(all, func(i county.Intake) bool { return i.Verdict == county.Waiting }) {
			m.sayf("待核实的还没有收入,文件已留在本级的台账里;请给对方打电话,再用 taizhang county review 决定")
		}
	}
	if err == nil && refused > 0 {
		return errQuiet
	}
	return err
}

// bar draws how far the work has come, in marks that every terminal has.
func bar(done, all, width int) string {
	full := width * done / max(all, 1)
	return "[" + strings.Repeat("#", full) + strings.Repeat("-", width-full) + "]"
}

// receivedLine says what became of one file.
func receivedLine(kinds *model.Catalog, i county.Intake) string {
	line := model.Clean(i.File, false) + ":"
	if i.Code != "" {
		line += fmt.Sprintf("%s %s 第 %d 号 ", model.Clean(i.Name, false), i.Month.Chinese(), i.Sequence)
	}
	switch {
	case i.Verdict == county.Partly:
		line += "已接收,有问题"
	case strings.HasPrefix(i.Reason, i.Verdict):
		return line + i.Reason
	default:
		line += i.Verdict
	}
	if i.SetAside > 0 {
		line += fmt.Sprintf(",%d 条记录没有收入", i.SetAside)
	}
	if i.Reason != "" {
		line += "," + i.Reason
		if i.KeyChanged() {
			line += ":taizhang county trust " + i.Unit()
		}
		if i.Fork != nil {
			line += fmt.Sprintf(":taizhang county trust %s --copy(两台电脑)或 --restored(旧备份)", i.Code)
		}
		return line
	}
	if i.Sums != "" {
		return line + "," + i.Gist()
	}
	line += differences(kinds, i.Changes)
	if len(i.Unknown) > 0 {
		line += ";不认识的列没有收入:" + strings.Join(i.Unknown, "、")
	}
	return line
}

// manyKinds is how many kinds a line names one by one.
const manyKinds = 8

// differences says by kind what a bundle changed, and of many kinds only the sum.
func differences(kinds *model.Catalog, changes map[string]county.Difference) string {
	var parts []string
	var all county.Difference
	for _, k := range kinds.Kinds() {
		d, ok := changes[k.Name]
		if !ok {
			continue
		}
		parts = append(parts, k.Title+counted(d))
		all.Added, all.Changed, all.Deleted, all.Late = all.Added+d.Added, all.Changed+d.Changed, all.Deleted+d.Deleted, all.Late+d.Late
	}
	switch {
	case len(parts) == 0:
		return ",与上次相同"
	case len(parts) > manyKinds:
		return fmt.Sprintf(";%d 类记录共%s", len(parts), counted(all))
	}
	return ";" + strings.Join(parts, ";")
}

func counted(d county.Difference) string {
	text := ""
	for _, c := range []struct {
		word string
		n    int
	}{{"增", d.Added}, {"改", d.Changed}, {"删", d.Deleted}, {"补录", d.Late}} {
		if c.n > 0 {
			text += fmt.Sprintf(" %s %d", c.word, c.n)
		}
	}
	return text
}

func receivedSum(all []county.Intake) string {
	count := map[string]int{}
	for _, i := range all {
		count[i.Verdict]++
	}
	line := fmt.Sprintf("共 %d 个文件", len(all))
	for _, v := range []string{county.Accepted, county.Partly, county.Waiting, county.Already, county.Refused, county.Unread, county.Hollow, county.Foreign} {
		if count[v] > 0 {
			line += fmt.Sprintf(",%s %d", v, count[v])
		}
	}
	if len(all) == count[county.Foreign] {
		line += ";没有找到报送包,请检查U盘或文件夹选得对不对"
	}
	return line
}

func (m *Main) countyReceiptsCommand() *cobra.Command {
	var keyFile, out, month string
	c := &cobra.Command{
		Use:   "receipts --out 文件夹",
		Short: "写出给各村的回执(签名的,一个报送包一份)",
		Long:  "写出给各村的回执:上次以后处理过的报送包各一份;写上 --month 时,那个月的全部再写一遍。",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "out"); err != nil {
				return err
			}
			var mon model.Month
			if month != "" {
				var err error
				if mon, err = parseMonth(month, ""); err != nil {
					return err
				}
			}
			return m.withCountyKey(cmd.Context(), keyFile, func(l *store.Ledger, key *bundle.CountyKey) error {
				paths, err := county.Receipts(cmd.Context(), l, key, out, mon)
				for _, p := range paths {
					m.sayf("%s", p)
				}
				switch {
				case err != nil:
					return err
				case len(paths) == 0 && mon != "":
					m.sayf("共写出回执 0 份:没有收过%s的、能回的报送包,请核对月份", mon.Chinese())
				case len(paths) == 0:
					m.sayf("共写出回执 0 份:上次以后没有收过新的报送包;以前的再写一遍请加上 --month")
				default:
					m.sayf("共写出回执 %d 份", len(paths))
				}
				return nil
			})
		},
	}
	f := c.Flags()
	f.StringVar(&out, "out", "", "写到这个文件夹")
	f.StringVar(&month, "month", "", "这个月的全部回执,例如 2026-10(不写:上次以后处理的)")
	f.StringVar(&keyFile, "key", "", "县里的密钥(不写用台账旁边的 county.key)")
	return c
}
