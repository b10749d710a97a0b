package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/packs"
	"taizhang/store"
	"taizhang/store/county"
)

func (m *Main) checkCommand() *cobra.Command {
	var asJSON, each bool
	c := &cobra.Command{
		Use:   "check",
		Short: "检查台账:文件是否完好,每条记录是否合乎规则",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.withLedger(cmd.Context(), true, func(l *store.Ledger) error {
				return m.check(cmd.Context(), l, asJSON, each)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "结果写成 JSON")
	c.Flags().BoolVar(&each, "all", false, "待补的也逐条列出(不写:合成一行)")
	return c
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
	slices.SortStableFunc(all, func(a, b store.Problem) int {
		return cmp.Or(-cmp.Compare(a.Finding.Severity, b.Finding.Severity), cmp.Compare(a.Finding.Code, b.Finding.Code))
	})
	faults, open := 0, 0
	rows := make([]problemJSON, len(all))
	for i, p := range all {
		severity := "warning"
		if p.Finding.Severity == model.Fault {
			severity = "error"
			faults++
		}
		open += model.OneIf(p.Finding.Gap)
		rows[i] = problemJSON{severity, p.Finding.Code, p.Kind.Name, p.ID, p.Label, p.Finding.Field, p.Finding.Message, p.Finding.Source, p.Finding.Gap}
	}
	if asJSON {
		err = writeJSON(m.Stdout, map[string]any{"errors": faults, "warnings": len(all) - faults - open, "gaps": open, "problems": rows})
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
