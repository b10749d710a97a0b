package store

import (
	"context"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/whole"
)

// Soundness is what looking through a whole ledger found.
type Soundness struct {
	Damage *Damage // what forbids writing; nil: nothing
	// Broken are the records that refer to one that is not there, which a person can mend
	// in the form: the first ten of Count, as they are named.
	Broken []string
	Count  int
}

// Error gives what was found as a *model.Error: E-DAMAGED or E-CORRUPT for damage,
// E-BROKENREF for references alone; nil when the ledger is sound.
func (s *Soundness) Error(l *Ledger) error {
	switch {
	case s.Damage != nil:
		return damaged(l.path, s.Damage)
	case s.Count > 0:
		return model.Errorf("E-BROKENREF", "台账里有 %d 处所指的记录不存在(%s),请打开这些记录重新选择,或从最近的备份恢复;在改好以前不能导出",
			s.Count, strings.Join(s.Broken[:min(3, len(s.Broken))], ";"))
	}
	return nil
}

// LookThrough looks through the whole file: SQLite's own check of its pages and indexes,
// what its columns hold, and that every reference has its target. Damage that it finds
// forbids writing from then on.
func (l *Ledger) LookThrough(ctx context.Context) (*Soundness, error) {
	s := &Soundness{Damage: l.damage.Load()}
	if s.Damage != nil {
		return s, nil
	}
	found, err := whole.Pages(ctx, l.readers)
	if err != nil {
		return l.orDamage(s, err)
	}
	what := l.sayPages(found)
	broken, err := whole.References(ctx, l.readers)
	if err != nil {
		return l.orDamage(s, err)
	}
	for _, r := range broken {
		if !l.mendable(r) {
			what = append(what, fmt.Sprintf("有记录所属的“%s”不存在", l.titleOf(r.Target)))
			break
		}
	}
	if len(what) > 0 {
		s.Damage = &Damage{what}
		l.damage.CompareAndSwap(nil, s.Damage)
		return s, nil
	}
	s.Count = len(broken)
	for _, r := range broken[:min(len(broken), 10)] {
		name, err := l.nameReference(ctx, r)
		if err != nil {
			return nil, l.explain(err)
		}
		s.Broken = append(s.Broken, name)
	}
	return s, l.noteLooked(ctx, s)
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

// Integrity looks through the whole file. *model.Error: E-DAMAGED, E-BROKENREF.
func (l *Ledger) Integrity(ctx context.Context) error {
	s, err := l.LookThrough(ctx)
	if err != nil {
		return err
	}
	return s.Error(l)
}

// Sound refuses what must not be done with a ledger that is damaged in any way or whose
// references are broken: a big one that was found sound today is not looked through again.
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

// mendable tells whether the form of a record can put a reference right: one in a field of
// it, not whose record it is.
func (l *Ledger) mendable(r whole.Reference) bool {
	return r.Column != "org_id" && r.Column != "record_id"
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
