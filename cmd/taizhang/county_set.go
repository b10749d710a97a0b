package main

import (
	"cmp"
	"context"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/county/rescue"
	"taizhang/store/paper"
	"taizhang/store/quota"
	"taizhang/store/send"
	"taizhang/store/sheet"
)

// profileFlags are those of the commands that sign the county's profile.
type profileFlags struct{ key, out string }

func (p *profileFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&p.key, "key", "", "县里的密钥(不写用台账旁边的 county.key)")
	c.Flags().StringVar(&p.out, "profile", "", "配置文件写到这里(不写用台账旁边的 county.json)")
}

// path gives where the profile is written.
func (p *profileFlags) path(l *store.Ledger) string {
	if p.out != "" {
		return p.out
	}
	return county.ProfilePath(l)
}

func (m *Main) countySetCommand() *cobra.Command {
	var (
		flags  profileFlags
		asJSON bool
	)
	c := &cobra.Command{
		Use:   "set [名称=内容…]",
		Short: "改县里的规定(达标分数、比例、截止日、一票否决的年度等),重新签发配置文件",
		Long: "改县里的规定:每次改动升一版,重新签名,写出 county.json,发给各村取入后村里也照办。\n" +
			"不写内容时列出全部名称、现在的值和依据;“名称=”恢复成原来的规定。例:\n" +
			"  taizhang county set assess.pass=85 deadline_day=8 identity=不带 计生=2021\n" +
			"汇总指标的目标写 goal.指标.项目=百分数,0 为不设目标,例如 goal.A03.named=85。",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && flags.out == "" {
				return m.withCounty(cmd.Context(), true, func(l *store.Ledger) error { return m.saySettings(cmd, l, asJSON) })
			}
			return m.withCountyKey(cmd.Context(), flags.key, func(l *store.Ledger, key *bundle.CountyKey) error {
				before, err := send.Profile(cmd.Context(), l)
				if err != nil {
					return err
				}
				p, err := county.Set(cmd.Context(), l, key, flags.path(l), args)
				if err != nil {
					return err
				}
				m.sayReissued(before, p, flags.path(l))
				return nil
			})
		},
	}
	c.Flags().StringVar(&flags.key, "key", "", "县里的密钥(不写用台账旁边的 county.key)")
	c.Flags().StringVar(&flags.out, "out", "", "配置文件写到这里(不写用台账旁边的 county.json);不改内容时也写一份")
	c.Flags().BoolVar(&asJSON, "json", false, "清单写成 JSON")
	return c
}

func (m *Main) sayReissued(before, p *bundle.Profile, path string) {
	m.sayAll(county.ReissueNotes(before, p, path))
}

// sayAll says sentence by sentence what was done.
func (m *Main) sayAll(notes []string) {
	for _, n := range notes {
		m.sayf("%s", n)
	}
}

func (m *Main) saySettings(cmd *cobra.Command, l *store.Ledger, asJSON bool) error {
	all, err := county.Settings(cmd.Context(), l)
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(m.Stdout, all)
	}
	group := ""
	for _, s := range all {
		if s.Group != group {
			group = s.Group
			m.sayf("【%s】", group)
		}
		note := s.Source
		switch {
		case s.Fixed:
			note += ",不能另设"
		case s.Own && s.Default != "" && s.Default != s.Value:
			note += ",原为 " + s.Default
		}
		m.sayf("  %s=%s  %s%s(%s)", s.Name, s.Value, s.Title, unitText(s.Unit), note)
	}
	return nil
}

func unitText(unit string) string {
	if unit == "" {
		return ""
	}
	return ",单位:" + unit
}

func (m *Main) countyIssueCommand() *cobra.Command {
	var flags profileFlags
	var papers mailFlags
	var out string
	c := &cobra.Command{
		Use:   "issue --out 文件夹",
		Short: "给名单上每个单位写一张启动卡,村里新建台账时不用打字",
		Long: "给名单上每个单位写一张启动卡(代码.card.json),按乡镇分文件夹。村里用 taizhang init --card 文件,或在“新建本村台账”里选它。\n" +
			"--add 随回执下发通知和空白表:每次写回执都写到U盘的“上级来件”里,村里取回执时一起取入;--list 列出下发了哪些,--withdraw 收回。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if papers.used() || papers.note != "" {
				if out != "" {
					return usagef("启动卡(--out)和下发的文件(--add、--list、--withdraw)请分两次写")
				}
				return m.mail(cmd.Context(), papers)
			}
			if err := required(cmd, "out"); err != nil {
				return err
			}
			return m.withCountyKey(cmd.Context(), flags.key, func(l *store.Ledger, key *bundle.CountyKey) error {
				paths, p, err := county.Issue(cmd.Context(), l, key, flags.path(l), out, nil)
				if err != nil {
					return err
				}
				m.sayf("已写出启动卡 %d 张,在 %s 里按乡镇分放;卡里的配置文件是第 %d 版", len(paths), out, p.Version)
				return nil
			})
		},
	}
	flags.add(c)
	papers.register(c)
	c.Flags().StringVar(&out, "out", "", "写到这个文件夹")
	return c
}

func (m *Main) countyRescueCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "rescue 组织代码 --out 文件",
		Short: "村里的台账丢了:用它最后一个报送包的内容恢复一份",
		Long:  "村里的台账丢了又没有备份时,用县里收到的最后一个报送包恢复一份台账:记录和编号不变,下一个报送包照常接收。草稿和修改记录恢复不了。",
		Args:  argsNamed("组织代码"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := required(cmd, "out"); err != nil {
				return err
			}
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				r, err := rescue.Rescue(cmd.Context(), l, args[0], out, nil)
				if err != nil {
					return err
				}
				m.sayAll(r.Notes())
				return nil
			})
		},
	}
	c.Flags().StringVar(&out, "out", "", "台账写到这个文件(不能已经存在)")
	return c
}

// planFlags are what `county plan` is asked for beside its arguments.
type planFlags struct {
	year                  string
	issue, spoilt, recall []string
}

// countyPlanCommand is 年度发展党员计划 and the numbers of 入党志愿书.
func (m *Main) countyPlanCommand() *cobra.Command {
	var f planFlags
	c := &cobra.Command{
		Use:   "plan [文件 | 单位=名额 …]",
		Short: "年度发展党员计划和入党志愿书编号:下达、发放、作废,看还剩多少",
		Long: "年度发展党员计划和入党志愿书的编号。什么都不写时列出计划、已用和剩余;村里用 taizhang report admission-plan 看自己的。\n" +
			"下达计划:写一个表(栏目:组织代码或乡镇、计划名额、志愿书编号),或直接写 990101101201=2、云溪镇=20;乡镇是总数,分到单位的不能超过它。\n" +
			"计划和编号随下一次回执发到村里。例如:taizhang county plan --year 2026 990101101201=2 --forms 990101101201=0001-0004",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			change := len(args)+len(f.issue)+len(f.spoilt)+len(f.recall) > 0
			return m.withCounty(cmd.Context(), !change, func(l *store.Ledger) error { return m.plan(cmd.Context(), l, f, args) })
		},
	}
	c.Flags().StringVar(&f.year, "year", "", "年份,例如 2026;不写为今年")
	c.Flags().StringArrayVar(&f.issue, "forms", nil, "发放志愿书:单位=编号,例如 990101101201=0001-0010;可写多个")
	c.Flags().StringArrayVar(&f.spoilt, "void", nil, "作废交回的志愿书:单位=编号")
	c.Flags().StringArrayVar(&f.recall, "recall", nil, "收回发错的一段:单位=编号,写发放时的那一段")
	return c
}

func (m *Main) plan(ctx context.Context, l *store.Ledger, f planFlags, args []string) error {
	year := l.Source().Today().Year()
	if f.year != "" {
		var err error
		if year, err = strconv.Atoi(strings.TrimSuffix(model.HalfWidth(f.year), "年")); err != nil || year < 1921 || year > 2200 {
			return usagef("“%s”不是年份,请写成 2026", model.Clean(f.year, false))
		}
	}
	d, err := quota.Begin(ctx, l, year)
	if err != nil {
		return err
	}
	if err := planArgs(ctx, d, args); err != nil {
		return err
	}
	for _, list := range []struct {
		texts []string
		into  *[]quota.Range
	}{{f.issue, &d.Issue}, {f.spoilt, &d.Void}, {f.recall, &d.Recall}} {
		for _, text := range list.texts {
			ranges, err := d.PairRanges(text)
			if err != nil {
				return err
			}
			*list.into = append(*list.into, ranges...)
		}
	}
	if n := len(d.Plans) + len(d.Issue) + len(d.Void) + len(d.Recall); n > 0 {
		if err := quota.Apply(ctx, l, d.Change); err != nil {
			return err
		}
		m.sayf("已记下:计划 %d 条,发放志愿书 %d 段,作废 %d 段,收回 %d 段。随下一次回执发到村里", len(d.Plans), len(d.Issue), len(d.Void), len(d.Recall))
	}
	p := paper.Find("admission-plan")
	return m.paper(ctx, l, p, paperOptions{year: strconv.Itoa(year), format: "text"})
}

// planArgs reads the arguments: one file, or pairs.
func planArgs(ctx context.Context, d *quota.Draft, args []string) error {
	if len(args) == 1 && !strings.Contains(args[0], "=") {
		if _, err := os.Stat(args[0]); err != nil {
			return fileError(args[0], err)
		}
		rows, err := sheet.PlanRows(ctx, args[0])
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := planRow(d, r); err != nil {
				return model.Errorf("E-PLAN", "第 %d 行:%s", r.Number, err.Error())
			}
		}
		return nil
	}
	for _, a := range args {
		if err := d.Pair(a); err != nil {
			return err
		}
	}
	return nil
}

func planRow(d *quota.Draft, r sheet.PlanRow) error {
	whose := cmp.Or(r.Code, r.Township)
	if r.Quota >= 0 {
		if err := d.Quota(whose, r.Quota); err != nil {
			return err
		}
	}
	if r.Forms == "" {
		return nil
	}
	ranges, err := d.Ranges(whose, r.Forms)
	d.Issue = append(d.Issue, ranges...)
	return err
}
