package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/whole"
)

// Soundness is what looking through a whole ledger found.
type Soundness struct {
	Damage *Damage // what forbids writing; nil: nothing
	// Mend are what a person can put right without a backup: records that refer to one that
	// is not there or hold what can't be read, and settings. The first ten of Count.
	Mend  []string
	Count int
}

// Error gives what was found as a *model.Error: E-DAMAGED for damage, E-UNSOUND for what
// can be put right; nil when the ledger is sound.
func (s *Soundness) Error(l *Ledger) error {
	switch {
	case s.Damage != nil:
		return damaged(l.path, s.Damage)
	case s.Count > 0:
		return model.Errorf("E-UNSOUND", "台账有 %d 处要先改好才能导出(%s):请打开这些记录重新填写,改不了的从最近的备份恢复",
			s.Count, strings.Join(s.Mend[:min(3, len(s.Mend))], ";"))
	}
	return nil
}

// mostMended is how many of the places to be put right are named.
const mostMended = 10

func (s *Soundness) mend(text string) {
	s.Count++
	if len(s.Mend) < mostMended {
		s.Mend = append(s.Mend, text)
	}
}

// LookThrough looks through the whole file: SQLite's own check of its pages and indexes,
// that every reference has its target, that texts can be read and settings too. The indexes
// of a big ledger are compared with its tables once a day (LookThroughDue). Damage that it
// finds forbids writing from then on.
func (l *Ledger) LookThrough(ctx context.Context) (*Soundness, error) {
	s := &Soundness{Damage: l.damage.Load()}
	if s.Damage != nil {
		return s, nil
	}
	due, err := l.LookThroughDue(ctx)
	if err != nil {
		return l.orDamage(s, err)
	}
	pages := whole.Structure
	if due {
		pages = whole.Pages
	}
	var found []whole.Finding
	var broken error
	looked := make(chan struct{})
	go func() { // beside the rows: the pages take longest
		defer close(looked)
		found, broken = pages(ctx, l.readers)
	}()
	rows, err := l.lookAtRows(ctx, s)
	<-looked
	if broken != nil {
		return l.orDamage(s, broken)
	}
	if err != nil {
		return l.orDamage(s, err)
	}
	what := append(l.sayPages(found), rows...)
	if len(what) > 0 {
		s.Damage = &Damage{what}
		l.damage.CompareAndSwap(nil, s.Damage)
		return s, nil
	}
	return s, l.noteLooked(ctx, s)
}

// lookAtRows looks at what the tables hold.
func (l *Ledger) lookAtRows(ctx context.Context, s *Soundness) (damage []string, err error) {
	for _, step := range []func(context.Context, *Soundness) ([]string, error){l.lookAtReferences, l.lookAtTexts, l.lookAtSettings} {
		more, err := step(ctx, s)
		if err != nil {
			return nil, err
		}
		damage = append(damage, more...)
	}
	return damage, nil
}

// lookAtReferences looks for the targets that are not there. Whose record it is no form
// can put right.
func (l *Ledger) lookAtReferences(ctx context.Context, s *Soundness) (damage []string, err error) {
	lost, err := whole.References(ctx, l.readers)
	if err != nil {
		return nil, err
	}
	for _, r := range lost {
		if r.Column == "org_id" || r.Column == "record_id" {
			return []string{fmt.Sprintf("有记录所属的“%s”不存在", l.titleOf(r.Target))}, nil
		}
		if len(s.Mend) == mostMended {
			s.Count++
			continue
		}
		name, err := l.nameReference(ctx, r)
		if err != nil {
			return nil, err
		}
		s.mend(name + "所指的记录不存在")
	}
	return nil, nil
}

// lookAtTexts looks for texts that can't be read. Those of a record can be typed anew;
// search texts are made of them.
func (l *Ledger) lookAtTexts(ctx context.Context, s *Soundness) (damage []string, err error) {
	for _, d := range schema(l.book, l.tables) {
		var columns []string
		for _, c := range d.Columns {
			if strings.HasPrefix(c[1], "TEXT") {
				columns = append(columns, raw.Quote(c[0]))
			}
		}
		if len(columns) == 0 || d.Name == "search" {
			continue
		}
		// One blob, since a text would end at its NUL; a space parts them, so that no two
		// broken characters make a whole one.
		bad := "NOT " + raw.LegibleFunction + "(CAST(concat_ws(' ', " + strings.Join(columns, ", ") + ") AS BLOB))"
		t := l.tables[d.Name]
		if t == nil {
			n, err := raw.NumberOnce(ctx, l.readers, "SELECT count(*) FROM "+raw.Quote(d.Name)+" WHERE "+bad)
			if err != nil {
				return nil, err
			}
			if n > 0 {
				damage = append(damage, fmt.Sprintf("“%s”的表里有 %d 处乱码", d.title(), n))
			}
			continue
		}
		ids, err := raw.TextsOnce(ctx, l.readers, "SELECT id FROM "+raw.Quote(d.Name)+" WHERE "+bad)
		if err != nil {
			return nil, err
		}
		labels, err := l.Labels(ctx, t.kind.Name, ids[:min(len(ids), mostMended)])
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			s.mend(fmt.Sprintf("%s“%s”里有乱码", t.kind.Title, model.Clean(labels[id], false)))
		}
	}
	return damage, nil
}

// lookAtSettings asks whether what the ledger keeps of itself can be read.
func (l *Ledger) lookAtSettings(ctx context.Context, s *Soundness) (damage []string, err error) {
	first, err := setting(ctx, l.readers, SettingFirstMonth) // as it stands: Setting passes over nonsense
	if err != nil {
		return nil, err
	}
	if first != "" && !model.Month(first).Valid() {
		s.mend("设置里“从哪个月记起”读不懂")
	}
	params, err := l.Setting(ctx, SettingParams)
	if err != nil {
		return nil, err
	}
	if params != "" && !json.Valid([]byte(params)) {
		s.mend("设置里县(市)的参数读不懂,请重新取入县里的配置文件")
	}
	if l.book.Settings == nil {
		return nil, nil
	}
	wrong, err := l.book.Settings(ctx, l)
	for _, w := range wrong {
		s.mend(w)
	}
	return nil, err
}

// orDamage gives an error that says that the file is broken as damage.
func (l *Ledger) orDamage(s *Soundness, err error) (*Soundness, error) {
	err = l.explain(err)
	if s.Damage = l.damage.Load(); s.Damage != nil {
		return s, nil
	}
	return nil, err
}

// noteLooked notes the day on which a big ledger was found sound.
func (l *Ledger) noteLooked(ctx context.Context, s *Soundness) error {
	if l.ReadOnly() || s.Count > 0 {
		return nil
	}
	if big, err := l.big(); err != nil || !big {
		return err
	}
	return l.SetSetting(ctx, settingLooked, string(l.source.Today()))
}

// Integrity looks through the whole file. *model.Error: E-DAMAGED, E-UNSOUND.
func (l *Ledger) Integrity(ctx context.Context) error {
	s, err := l.LookThrough(ctx)
	if err != nil {
		return err
	}
	return s.Error(l)
}

// Sound refuses what must not be done with a ledger that is damaged in any way or that has
// to be put right first: a big one that was found sound today is not looked through again.
// *model.Error as Integrity's.
func (l *Ledger) Sound(ctx context.Context) error {
	if err := l.Damaged(); err != nil {
		return err
	}
	due, err := l.LookThroughDue(ctx)
	if err != nil || !due {
		return err
	}
	return l.Integrity(ctx)
}

// sayPages says what is wrong with pages, tables and indexes, each once.
func (l *Ledger) sayPages(found []whole.Finding) []string {
	s := suspect{l: l}
	s.titles()
	said := map[string]bool{}
	for _, f := range found {
		text := "文件内部的结构坏了"
		switch {
		case f.Index:
			text = s.title(f.Name) + "与记录对不上"
		case f.Value && s.names[f.Name] != "":
			text = s.title(f.Name) + "里有不该有的值"
		case f.Page > 0:
			text = fmt.Sprintf("文件的第 %d 页坏了", f.Page)
		}
		if !said[text] {
			said[text] = true
			s.say("%s", text)
		}
	}
	return s.what
}

// nameReference names the record that refers to one that is not there, and the field.
func (l *Ledger) nameReference(ctx context.Context, r whole.Reference) (string, error) {
	for _, k := range l.kinds.Kinds() {
		for _, f := range l.tables[k.Name].refs {
			if f.Linked() && raw.LinkTable(k, f) == r.Table {
				return fmt.Sprintf("%s的“%s”", k.Title, f.Label), nil
			}
			if f.Linked() || k.Name != r.Table || f.Name != r.Column {
				continue
			}
			ids, err := raw.TextsOnce(ctx, l.readers, "SELECT id FROM "+raw.Quote(k.Name)+" WHERE rowid = ?", r.Row)
			if err != nil || len(ids) == 0 {
				return k.Title, err
			}
			labels, err := l.Labels(ctx, k.Name, ids)
			if err != nil {
				return "", err
			}
			return fmt.Sprintf("%s“%s”的“%s”", k.Title, model.Clean(labels[ids[0]], false), f.Label), nil
		}
	}
	return l.titleOf(r.Table), nil
}

// titleOf is what a kind is called, or the table itself.
func (l *Ledger) titleOf(table string) string {
	if t := l.tables[table]; t != nil {
		return t.kind.Title
	}
	return table
}
