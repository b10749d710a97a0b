package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/transfer"
)

func (m *Main) transferCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "transfer",
		Short: "移交包:转出的人连同材料交给新的支部,转入的人连同材料收进来",
		Long: "党员转出时写一个移交包(本人和他的发展党员、考察、党费、任职、评议、处分),用四个词的口令锁住;" +
			"新的支部收进来,登记为转入。口令在电话里告诉对方,不要和文件放在一起。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(m.transferOut(), m.transferIn())
	return c
}

type transferOutOptions struct {
	persons              []string
	to, toCode, on, path string
	all, whole           bool
}

func (m *Main) transferOut() *cobra.Command {
	var o transferOutOptions
	c := &cobra.Command{
		Use:   "out",
		Short: "写移交包(还没有办转出的,写上 --to 和 --on 一起办)",
		Long: "把已经转出的人连同材料写成移交包。还没有办转出的,用 --to 和 --on 一起办转出;整个支部一起走用 --all --whole-unit。" +
			"例如:taizhang transfer out --person 张三 --to 南塘村党支部 --on 2026-10-10 --out U盘文件夹",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (len(o.persons) == 0) == !o.all {
				return usagef("请用 --person 写明是谁(可以写几次),或者用 --all 表示全部在册党员,两样写一样")
			}
			if (o.to == "") != (o.on == "") || o.all && o.on == "" {
				return usagef("一起办转出要写明转到哪里(--to)和转出日期(--on)")
			}
			if err := required(cmd, "out"); err != nil {
				return err
			}
			return m.withLedger(cmd.Context(), false, func(l *store.Ledger) error { return m.handOver(cmd.Context(), l, o) })
		},
	}
	f := c.Flags()
	f.StringArrayVar(&o.persons, "person", nil, "姓名或身份证号,几个人就写几次")
	f.BoolVar(&o.all, "all", false, "全部在册党员")
	f.StringVar(&o.to, "to", "", "转到哪个党组织")
	f.StringVar(&o.toCode, "to-code", "", "转到的党组织的代码(本县的)")
	f.StringVar(&o.on, "on", "", "转出日期")
	f.BoolVar(&o.whole, "whole-unit", false, "整建制转出")
	f.StringVar(&o.path, "out", "", "写到这个文件,或这个文件夹")
	return c
}

// handOver transfers out those who have not been, and writes the package.
func (m *Main) handOver(ctx context.Context, l *store.Ledger, o transferOutOptions) error {
	persons, err := findPersons(ctx, l, o)
	if err != nil {
		return err
	}
	var moves []*model.Record
	ids := make([]string, len(persons))
	for i, p := range persons {
		ids[i] = p.ID
		if o.on == "" {
			continue
		}
		day, err := model.ParseDate(o.on)
		if err != nil {
			return usagef("转出日期:%s", err.Error())
		}
		r, err := l.New(ctx, membership.MovementKind)
		if err != nil {
			return err
		}
		r.Set("person", p.ID)
		r.Set("kind", "转出")
		r.Set("happened_on", day)
		r.Set("to_org", o.to)
		r.Set("whole_unit", o.whole)
		if o.toCode != "" {
			r.Set("to_code", o.toCode)
		}
		moves = append(moves, r)
	}
	if len(moves) > 0 {
		if _, err := l.Save(ctx, model.FromForm, moves...); err != nil {
			return err
		}
		m.sayf("已办转出 %d 人", len(moves))
	}
	w, err := transfer.Hand(ctx, l, ids, o.path)
	if err != nil {
		return err
	}
	m.sayf("移交包已写好:%s", w.Path)
	m.sayf("里面有:%s", w.Summary)
	if len(w.Ended) > 0 {
		m.sayf("本台账里还开着的 %d 条(任职、发展党员)已按转出终止", len(w.Ended))
	}
	m.sayf("口令(四个词,在电话里告诉对方,不要和文件放在一起):%s", strings.Join(w.Words, " "))
	return nil
}

// findPersons finds those named, by ID number or by a name that only one has.
func findPersons(ctx context.Context, l *store.Ledger, o transferOutOptions) ([]*model.Record, error) {
	env := l.Env(ctx)
	own := []model.Cond{model.Where("org_id", model.Eq, l.Home().ID)}
	if o.all {
		all, err := env.Look.Find(membership.PersonKind, append(own, model.Where("status", model.In, membership.States...), model.Where("standing", model.Eq, membership.OnRolls))...)
		if err == nil && len(all) == 0 {
			err = model.Errorf("E-PERSON", "台账里没有在册党员")
		}
		return all, err
	}
	var all []*model.Record
	for _, typed := range o.persons {
		field := "name"
		if _, err := model.ReadIDNumber(typed); err == nil {
			field = "id_number"
		}
		found, err := env.Look.Find(membership.PersonKind, append(own, model.Where(field, model.Eq, typed))...)
		switch {
		case err != nil:
			return nil, err
		case len(found) == 0:
			return nil, model.Errorf("E-PERSON", "台账里没有“%s”", model.Clean(typed, false))
		case len(found) > 1:
			return nil, model.Errorf("E-PERSON", "台账里有 %d 个“%s”,请改用身份证号", len(found), model.Clean(typed, false))
		}
		all = append(all, found[0])
	}
	return all, nil
}

type transferInOptions struct {
	on, words string
	dryRun    bool
	only      []string
}

func (m *Main) transferIn() *cobra.Command {
	var o transferInOptions
	c := &cobra.Command{
		Use:   "in 移交包",
		Short: "收移交包:里面的人登记为转入,材料一起收进来",
		Long: "收移交包:里面的人登记为转入,材料一起收进来,以前在本台账的还用原来的那一条。" +
			"口令在终端窗口里打;没有终端时用 --words-file 写明放口令的文件(- 表示标准输入)。",
		Args: argsNamed("移交包"),
		RunE: func(cmd *cobra.Command, args []string) error {
			words, err := m.transferWords(o.words)
			if err != nil {
				return err
			}
			p, err := transfer.Read(args[0], words)
			if err != nil {
				return err
			}
			return m.withLedger(cmd.Context(), false, func(l *store.Ledger) error { return m.takeOver(cmd.Context(), l, p, o) })
		},
	}
	f := c.Flags()
	f.StringVar(&o.words, "words-file", "", "口令在这个文件里(- 表示标准输入)")
	f.StringVar(&o.on, "on", "", "转入日期(不写:今天)")
	f.StringArrayVar(&o.only, "person", nil, "只收这个人(姓名),几个人就写几次;不写全部收")
	f.BoolVar(&o.dryRun, "dry-run", false, "只看会收入什么,不写入")
	return c
}

// transferWords gets the words where nobody who lists the running programs sees them.
func (m *Main) transferWords(path string) (string, error) {
	switch {
	case path == "-":
		text, err := io.ReadAll(io.LimitReader(m.Stdin, 1<<10))
		if err != nil {
			return "", fmt.Errorf("read the words: %w", err)
		}
		return string(text), nil
	case path != "":
		text, err := os.ReadFile(path)
		if err != nil {
			return "", store.ReadFault(err, path)
		}
		return string(text[:min(len(text), 1<<10)]), nil
	case !m.Terminal:
		return "", model.Errorf("E-WORDS", "请在终端窗口里运行,打上口令的四个词;或用 --words-file 写明放口令的文件(- 表示标准输入)")
	}
	m.tellf("口令的四个词:")
	typed, err := term.ReadPassword(os.Stdin.Fd())
	m.tellf("\n")
	if err != nil {
		return "", fmt.Errorf("read the words: %w", err)
	}
	return string(typed), nil
}

// takeOver takes a package in and says what became of each person.
func (m *Main) takeOver(ctx context.Context, l *store.Ledger, p *transfer.Package, o transferInOptions) error {
	on := l.Source().Today()
	if o.on != "" {
		var err error
		if on, err = model.ParseDate(o.on); err != nil {
			return usagef("转入日期:%s", err.Error())
		}
	}
	a, err := transfer.Look(ctx, l, p, on)
	if err != nil {
		return err
	}
	for _, w := range a.Persons {
		w.Take = w.Take && (len(o.only) == 0 || amongNames(o.only, w.Name))
	}
	for _, note := range a.Notes {
		m.sayf("请注意:%s", note)
	}
	left := 0
	for _, w := range a.Persons {
		left += model.OneIf(!w.Can)
		m.sayArriving(w)
	}
	if o.dryRun {
		m.sayf("将收入 %d 人,不能收 %d 人", a.Taken(), left)
		return nil
	}
	if err := m.before(ctx, l, copies.Arrival); err != nil {
		return err
	}
	if _, err := a.Apply(ctx); err != nil {
		return err
	}
	m.sayf("已收入 %d 人,转入日期 %s", a.Taken(), on)
	if left > 0 {
		return errQuiet
	}
	return nil
}

func amongNames(names []string, name string) bool {
	for _, n := range names {
		if strings.Join(strings.Fields(n), "") == name {
			return true
		}
	}
	return false
}

func (m *Main) sayArriving(w *transfer.Arriving) {
	switch {
	case !w.Can:
		m.sayf("不能收 %s:%s", w.Name, w.Say)
		return
	case !w.Take:
		m.sayf("不收 %s", w.Name)
		return
	}
	line := w.Name + ":" + w.Say
	if w.Counts != "" {
		line += ";带来 " + w.Counts
	}
	m.sayf("%s", line)
	for _, text := range w.Warnings {
		m.sayf("  提醒:%s", text)
	}
	for _, text := range w.Skipped {
		m.sayf("  没有带来:%s", text)
	}
	if len(w.Emptied) > 0 {
		m.sayf("  指着原支部记录的留空:%s", strings.Join(w.Emptied, "、"))
	}
}
