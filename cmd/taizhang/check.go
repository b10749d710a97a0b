package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/packs"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/copies"
	"taizhang/store/county"
	"taizhang/store/repair"
	"taizhang/store/vault"
)

func (m *Main) checkCommand() *cobra.Command {
	var asJSON, each, mend bool
	var fix salvage
	c := &cobra.Command{
		Use:   "check",
		Short: "检查台账:文件是否完好,每条记录是否合乎规则;坏了的用 --repair 修复",
		Long: "检查台账:文件是否完好,每条记录是否合乎规则。\n" +
			"--repair(修复数据)不改动坏的台账:逐页读出还在的记录,写成一份新台账,并逐条列出读不出的(修复报告)。\n" +
			"读不出的先按修改经过恢复;还缺的,加 --fill 从最近的备份补上,不加也会写明哪一天的备份里还有。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if mend {
				return m.repair(cmd.Context(), fix, asJSON)
			}
			if fix != (salvage{}) {
				return usagef("--out、--report、--backup 和 --fill 只与 --repair 一起用")
			}
			return m.withLedger(cmd.Context(), true, func(l *store.Ledger) error {
				return m.check(cmd.Context(), l, asJSON, each)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "结果写成 JSON")
	c.Flags().BoolVar(&each, "all", false, "待补的也逐条列出(不写:合成一行)")
	c.Flags().BoolVar(&mend, "repair", false, "修复数据:把坏台账里还读得出的写成一份新台账")
	c.Flags().StringVar(&fix.out, "out", "", "新台账写到这个文件(不写:坏台账旁边,名字里有“修复”)")
	c.Flags().StringVar(&fix.report, "report", "", "修复报告写到这个 .xlsx 或 .csv 文件(不写:新台账旁边)")
	c.Flags().StringVar(&fix.backup, "backup", "", "用这份备份来对(不写:台账旁边最新的好备份)")
	c.Flags().BoolVar(&fix.fill, "fill", false, "读不出的从备份补上")
	return c
}

// salvage are the flags of check --repair.
type salvage struct {
	out, report, backup string
	fill                bool
}

// repair salvages the ledger into a new one, and reports record by record what could not be
// read. What is lost for good makes the exit status 1.
func (m *Main) repair(ctx context.Context, fix salvage, asJSON bool) error {
	path, err := m.path()
	if err != nil {
		return err
	}
	o := repair.Options{Store: store.Options{Book: book.Standard}, Fill: fix.fill}
	if fix.backup != "" {
		if _, err := os.Stat(fix.backup); err != nil {
			return model.Errorf("E-NOFILE", "没有找到备份“%s”,请核对位置", fix.backup)
		}
		o.Backups = []string{fix.backup}
	} else {
		o.Backups = repair.Usable(copies.Find(ctx, path, nil, book.Standard))
	}
	if fix.fill && len(o.Backups) == 0 {
		return usagef("没有找到好的备份,补不了;用 --backup 写明备份在哪里,或者去掉 --fill")
	}
	if fix.out == "" {
		fix.out = repair.NewName(path, &model.Source{Now: time.Now})
	}
	if fix.report == "" {
		fix.report = repair.ReportName(fix.out)
	}
	r, sealed, err := m.salvage(ctx, path, fix, o)
	if err != nil {
		return err
	}
	if asJSON {
		err = writeJSON(m.Stdout, r.JSON())
	} else {
		m.sayRepaired(r, sealed, fix.report)
	}
	if err == nil && len(r.Lost()) > 0 {
		err = errQuiet
	}
	return err
}

// salvage repairs and writes the report. Of an encrypted ledger both are encrypted as it is:
// sealed is what their names got added, "" else.
func (m *Main) salvage(ctx context.Context, path string, fix salvage, o repair.Options) (r *repair.Report, sealed string, err error) {
	mend := func() (made []string, err error) {
		if r, err = repair.Repair(ctx, path, fix.out, o); err != nil {
			return nil, err
		}
		return []string{fix.out, fix.report}, r.Write(ctx, fix.report)
	}
	kept, err := vault.Kept(path)
	if err == nil && !kept {
		_, err = mend()
	}
	if err != nil || !kept {
		return r, "", err
	}
	secret, err := m.knownSecret("", "台账")
	if err != nil {
		return nil, "", err
	}
	return r, store.SealedSuffix, vault.Salvage(ctx, path, secret, o.Store, mend)
}

func (m *Main) sayRepaired(r *repair.Report, sealed, file string) {
	for _, line := range r.Text() {
		m.sayf("%s", line)
	}
	const shown = 40
	for i, it := range r.Items {
		if i == shown {
			m.sayf("……还有 %d 条,见修复报告", len(r.Items)-shown)
			break
		}
		m.sayf("- %s", it.Line())
	}
	if r.Whole() {
		m.sayf("一条也没有少")
	}
	m.sayf("修好的台账:%s", r.New+sealed)
	m.sayf("修复报告:%s", file+sealed)
	if sealed != "" {
		m.sayf("都和台账一样加密;报告用“taizhang encrypt --open 修复报告”解开来看")
	}
	m.sayf("坏的台账原样没有动。核对以后,用“taizhang restore 修好的台账”换上;坏的会改名留在旁边")
}

type problemJSON struct {
	Severity string `json:"severity"` // error or warning
	Code     string `json:"code"`
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Label    string `json:"label"`
	Field    string `json:"field"`
	Message  string `json:"message"`
	Source   string `json:"source"`
	Gap      bool   `json:"gap"` // only says what a list left open; not among the warnings
}

// check reports by severity, then rule, then record; what lists left open is one line
// a kind unless each is asked for. An error makes the exit status 1, a warning does not.
func (m *Main) check(ctx context.Context, l *store.Ledger, asJSON, each bool) error {
	// The file and the records are looked through at once: both take as long.
	var sound *store.Soundness
	whole := make(chan error, 1)
	go func() {
		var err error
		sound, err = l.LookThrough(ctx)
		whole <- err
	}()
	all, err := examined(ctx, l)
	if broken := <-whole; broken != nil {
		return broken
	}
	if sound.Damage != nil {
		for _, what := range sound.Damage.What {
			m.sayf("损坏:%s", what)
		}
		return sound.Error(l)
	}
	if err != nil {
		return err
	}
	model.Sort(all, func(a, b store.Problem) int {
		return cmp.Or(-cmp.Compare(a.Finding.Severity, b.Finding.Severity), cmp.Compare(a.Finding.Code, b.Finding.Code))
	})
	faults, open := 0, 0
	for _, p := range all {
		faults += model.OneIf(p.Finding.Severity == model.Fault)
		open += model.OneIf(p.Finding.Gap)
	}
	if asJSON {
		sum := map[string]any{"errors": faults, "warnings": len(all) - faults - open, "gaps": open}
		err = writeRows(m.Stdout, sum, "problems", len(all), func(b *rowBuffer, i int) {
			p, severity := all[i], "warning"
			if p.Finding.Severity == model.Fault {
				severity = "error"
			}
			b.put(b.lines(problemJSON{severity, p.Finding.Code, p.Kind.Name, p.ID, p.Label, p.Finding.Field, p.Finding.Message, p.Finding.Source, p.Finding.Gap}))
		})
	} else {
		m.sayChecked(all, faults, each, sound)
		err = m.checkBackups(ctx, l)
	}
	if err == nil {
		err = sound.Error(l)
	}
	if err == nil && faults > 0 {
		err = errQuiet
	}
	return err
}

// examined gives all that the rules and the county's comparison find.
func examined(ctx context.Context, l *store.Ledger) (all []store.Problem, err error) {
	note := func(p store.Problem) error {
		all = append(all, p)
		return nil
	}
	if err := l.CheckAll(ctx, note); err != nil {
		return nil, err
	}
	return all, county.EachCrossed(ctx, l, note)
}

func (m *Main) sayChecked(all []store.Problem, faults int, each bool, sound *store.Soundness) {
	rest, gaps := store.GatherGaps(all)
	warnings := len(rest) - faults
	if each {
		rest = all
	}
	for _, p := range rest {
		f := p.Finding
		m.sayf("%s %s %s“%s”:%s(依据:%s)", f.Severity, f.Code, p.Kind.Title, model.Clean(p.Label, false), f.Message, f.Source)
	}
	whole := "文件完好"
	if sound.Count > 0 {
		whole = fmt.Sprintf("文件能读,但有 %d 处要先改好", sound.Count)
	}
	sum := fmt.Sprintf("%s。错误 %d 条,提醒 %d 条", whole, faults, warnings)
	for _, g := range gaps {
		if !each {
			m.sayf("%s(逐条看用 check --all)", g.Tally.Text(g.Kind))
		}
		sum += "," + g.Tally.Short(g.Kind)
	}
	m.sayf("%s", sum)
}

func (m *Main) rulesCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "rules",
		Short: "列出全部规则和到期提醒:编号、轻重、记录种类、内容、依据、限度",
		Long: "列出全部规则和到期提醒:编号、轻重、记录种类、内容、依据,以及每个限度是多少、出自哪一条。\n" +
			"依据是“惯例”的,没有找到条文,只是各地通行的做法;限度可由县(市)用“taizhang county set”另定。",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			limits, err := model.NewPacks(packs.Default(), nil)
			if err != nil {
				return err
			}
			all := model.WithLimits(model.AllRules(party.Kinds), limits)
			if asJSON {
				return writeJSON(m.Stdout, all)
			}
			for _, r := range all {
				m.sayf("%s %s %s:%s(依据:%s)", r.Code, r.Severity, r.Title, strings.TrimSuffix(r.Text, "。"), r.Source)
				for _, l := range r.Values {
					m.sayf("    限度 %s:%s", l.Name, l)
				}
			}
			m.sayf("共 %d 条", len(all))
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "结果写成 JSON")
	return c
}
