package main

import (
	"context"
	"runtime/debug"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/sheet"
)

type importOptions struct {
	sheet, onDuplicate string
	dryRun, each       bool

	as, from, on string // how the members of a list came to be here
	whole        bool
}

var duplicateWays = map[string]sheet.Duplicate{"skip": sheet.Skip, "update": sheet.Update, "stop": sheet.Stop}

func (m *Main) importCommand() *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use:   "import 记录类别 文件",
		Short: "从 Excel(.xlsx)或 .csv 读入记录",
		Long:  "从 Excel(.xlsx)或 .csv 读入记录。整份文件先看一遍,好的行一次收入,不能收的行写到“文件名.rejected.xlsx”,旁边注明原因。",
		Args:  argsNamed("记录类别", "文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			asked, err := o.arrival(args[0])
			if err != nil {
				return err
			}
			way, ok := duplicateWays[o.onDuplicate]
			if !ok {
				return usagef("--on-duplicate 只能是 skip(跳过)、update(更新)或 stop(停下),没有“%s”", model.Clean(o.onDuplicate, false))
			}
			defer thrifty()()
			return m.withLedger(cmd.Context(), o.dryRun, func(l *store.Ledger) error {
				k, err := findKind(l, args[0])
				if err != nil {
					return err
				}
				p, err := sheet.Read(cmd.Context(), l, k, args[1], sheet.ReadOptions{Sheet: o.sheet, OnDuplicate: way, Asked: asked})
				if err != nil {
					return err
				}
				return m.takeIn(cmd.Context(), l, p, o)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&o.sheet, "sheet", "", "只读这一张工作表(不写就读每一张有名单的)")
	f.BoolVar(&o.dryRun, "dry-run", false, "只看会收入什么,不写入")
	f.BoolVar(&o.each, "all", false, "待补的也逐行列出(不写:合成一行)")
	f.StringVar(&o.onDuplicate, "on-duplicate", "skip", "已有的记录怎么办:skip 跳过、update 更新、stop 停下")
	f.StringVar(&o.as, "as", "", "名册里的党员:在册(建账时就在册)、转入(新转入)、漏登(建账时漏登);不写按建账时在册")
	f.StringVar(&o.from, "from", "", "--as 转入:从哪个党组织转来")
	f.StringVar(&o.on, "on", "", "--as 转入:转入日期")
	f.BoolVar(&o.whole, "whole-unit", false, "--as 转入:整个支部一起转来")
	return c
}

// arrival gives what the flags say of a list of persons.
func (o *importOptions) arrival(kind string) (map[string]string, error) {
	ways := map[string]string{"": "", "在册": party.ArrivedBefore, "转入": party.ArrivedByMove, "漏登": party.ArrivedMissed}
	for _, full := range []string{party.ArrivedBefore, party.ArrivedByMove, party.ArrivedMissed} {
		ways[full] = full
	}
	way, ok := ways[o.as]
	k, err := party.Kinds.Find(kind)
	moved := o.from != "" || o.on != "" || o.whole
	switch {
	case !ok:
		return nil, usagef("--as 只能是 在册、转入 或 漏登,没有“%s”", model.Clean(o.as, false))
	case (o.as != "" || moved) && (err != nil || len(k.SheetAsks) == 0):
		return nil, usagef("--as、--from、--on 和 --whole-unit 只用在读入人员时")
	case moved && way != party.ArrivedByMove:
		return nil, usagef("--from、--on 和 --whole-unit 要和 --as 转入 一起用")
	case way == party.ArrivedByMove && (o.from == "" || o.on == ""):
		return nil, usagef("--as 转入 要写明从哪里转来(--from)和转入日期(--on)")
	}
	asked := map[string]string{party.AskArrival: way, party.AskArrivedFrom: o.from, party.AskArrivedOn: o.on}
	if o.whole {
		asked[party.AskArrivedWhole] = "是"
	}
	return asked, nil
}

// takeIn writes the good rows and the file of rejected ones, and reports. A
// rejected row makes the exit status 1.
func (m *Main) takeIn(ctx context.Context, l *store.Ledger, p *sheet.Plan, o importOptions) error {
	read, taken, updated, duplicates, rejected := p.Counts()
	if !o.dryRun {
		if err := m.before(ctx, l, copies.Import); err != nil {
			return err
		}
		debug.FreeOSMemory() // what looking through the file has left
		if _, err := p.Apply(ctx, l); err != nil {
			return err
		}
	}
	verb := "收入"
	if o.dryRun {
		verb = "将收入"
	}
	m.sayf("读取 %d 行:%s %d,更新 %d,重复 %d,拒收 %d", read, verb, taken, updated, duplicates, rejected)
	for _, c := range p.Columns {
		if c.Why != "" {
			m.sayf("没有读入的列“%s”:%s", model.Clean(c.Heading, false), c.Why)
		}
	}
	for _, note := range p.Notes {
		m.sayf("%s", note)
	}
	m.sayWarnings(p, o.each)
	if rejected == 0 {
		return nil
	}
	for _, r := range p.Rows {
		if r.Verdict == sheet.Reject {
			m.sayf("%s拒收:%s", r.Where(), r.Reason)
		}
	}
	if !o.dryRun {
		path, sealed := p.RejectedPath()
		if err := p.WriteRejected(path); err != nil {
			return rejectedFault(err, taken+updated)
		}
		if sealed {
			m.sayf("台账加了密,拒收的行也加密写到 %s;要改,先解开:taizhang encrypt --open %s", path, path)
			return errQuiet
		}
		m.sayf("拒收的行已写到 %s,改好后可再次读入", path)
	}
	return errQuiet
}

// ofCell is how a warning begins that is about one cell; of several rows it is the same
// but for the row.
var ofCell = model.NewPattern(`^(?:“[^”]*”)?([A-Z]+)\d+ 格:`)

// sayWarnings says once what is the same of several rows, and in one line what the list
// left open.
func (m *Main) sayWarnings(p *sheet.Plan, each bool) {
	type warning struct{ sheet, text string }
	rows := map[warning][]int{}
	var order []warning
	for _, r := range p.Rows {
		for _, text := range r.Warnings {
			w := warning{r.Sheet, ofCell.ReplaceAllString(text, "$1 列:")}
			if rows[w] == nil {
				order = append(order, w)
			}
			rows[w] = append(rows[w], r.Number)
		}
	}
	for _, w := range order {
		where := sheet.RowsText(rows[w])
		if w.sheet != "" {
			where = "“" + w.sheet + "”" + where
		}
		m.sayf("%s提醒:%s", where, w.text)
	}
	if text := p.Gaps(); text != "" {
		m.sayf("%s(收入以后在“检查”里逐条补)", text)
	}
	for _, r := range p.Rows {
		for _, g := range r.Gaps {
			if each {
				m.sayf("%s待补:%s", r.Where(), g.Text)
			}
		}
	}
}

// rejectedFault tells that the good rows are in while the file of the others is not there.
func rejectedFault(err error, in int) error {
	text, fault := store.Say(err)
	if fault {
		return err
	}
	return model.Errorf("E-REJECTED", "能收的 %d 条已经收入,不要再读一遍;只是拒收的行没有另存成文件,请照上面列的逐行改:%s", in, text)
}
