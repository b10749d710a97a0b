// Package extract writes what a county hands to one of its townships: the records and sums
// of that township's organisations as a ledger that is only looked at, in one file under a
// passphrase.
package extract

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
	"taizhang/store/kit"
)

// Options say what goes into an extract, and why.
type Options struct {
	Township   string
	Private    bool   // with ID numbers, phones and addresses
	Passphrase string // at least Shortest characters
	// Purpose and Receiver are noted in the county's history; "" takes what is usual where
	// nothing private goes along.
	Purpose, Receiver string
	WorkFactor        int  // of the passphrase's scrypt, for tests; 0 takes age's own
	Each              Step // nil hears nothing
}

// Step is told how far an extract has come.
type Step func(done, all int, what string)

func (s Step) say(done, all int, what string) {
	if s != nil {
		s(done, all, what)
	}
}

// Shortest is how many characters a passphrase must have.
const Shortest = 6

// Purpose is what is noted where nobody says for what an extract without private fields is.
const Purpose = "乡镇查看本乡镇的记录和汇总"

// Made tells what was written.
type Made struct {
	Path    string
	Units   int // organisations in it
	Records int // of all kinds, without deleted ones
	Size    int64
	store.Extract
}

// Name is what an extract is called: its township and the day.
func Name(l *store.Ledger, township string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) {
			return '_'
		}
		return r
	}, model.Clean("摘录_"+township+"_"+string(l.Source().Today()), false)) + kit.Extension
}

// beside is the clear copy while an extract is made: beside the county's own ledger, where
// clear records stand anyway, never on the stick. The next opening of the ledger takes away what a
// run that was killed has left.
func beside(l *store.Ledger) string { return l.Path() + disk.ExtractSuffix }

// Make writes the extract of a township to path, which must not exist yet. It is noted in
// the county's history before anything leaves it. *model.Error: E-NOTCOUNTY, E-READONLY,
// E-TOWNSHIP, E-PASSPHRASE, E-PURPOSE where private fields go along and nobody says for
// what, E-EXISTS, E-PERM, E-FULL.
func Make(ctx context.Context, l *store.Ledger, path string, o Options) (made *Made, err error) {
	if err := check(ctx, l, path, &o); err != nil {
		return nil, err
	}
	c, err := plan(ctx, l, o)
	if err != nil {
		return nil, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	title := o.Township + "的摘录(不带身份证号、电话和住址)"
	if o.Private {
		title = o.Township + "的摘录(带身份证号、电话和住址)"
	}
	if err := l.NoteHandOut(ctx, store.HandedOut{Title: title, Purpose: o.Purpose, Receiver: o.Receiver, File: path}); err != nil {
		return nil, err
	}
	copied := beside(l)
	if err := store.Remove(copied); err != nil {
		return nil, store.FileFault(err, copied, "")
	}
	defer func() { err = errors.Join(err, store.Remove(copied)) }()
	made = &Made{Path: path, Units: len(c.orgs) - 1, Extract: c.is}
	x, err := c.build(ctx, copied)
	if err != nil {
		return nil, err
	}
	made.Records = c.records
	o.Each.say(c.steps-1, c.steps, "正在加密写出")
	if err := errors.Join(kit.SealExtract(ctx, x, path, kit.Options{Passphrase: o.Passphrase, WorkFactor: o.WorkFactor}), x.Close()); err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, store.FileFault(err, path, "")
	}
	made.Size = info.Size()
	o.Each.say(c.steps, c.steps, "")
	return made, nil
}

// check refuses what can be known before any work, and fills in what is usual.
func check(ctx context.Context, l *store.Ledger, path string, o *Options) error {
	if x := l.Extract(); x != nil {
		return x.Refusal()
	}
	if _, err := county.Own(ctx, l); err != nil {
		return err
	}
	o.Township = strings.TrimSpace(o.Township)
	if utf8.RuneCountInString(o.Passphrase) < Shortest {
		return model.Errorf("E-PASSPHRASE", "摘录要加口令,至少 %d 个字;口令请打电话告诉乡镇,不要和U盘一起给", Shortest)
	}
	if _, err := os.Lstat(path); err == nil {
		return model.Errorf("E-EXISTS", "“%s”已经存在,请换一个文件名", path)
	}
	if !o.Private {
		if o.Purpose == "" {
			o.Purpose = Purpose
		}
		if o.Receiver == "" {
			o.Receiver = o.Township
		}
	}
	if strings.TrimSpace(o.Purpose) == "" || strings.TrimSpace(o.Receiver) == "" {
		return model.Errorf("E-PURPOSE", "摘录里带身份证号、电话和住址,要写明用途和接收单位")
	}
	return nil
}

// Townships gives those that an extract can be made of.
func Townships(ctx context.Context, l *store.Ledger) ([]string, error) {
	homes, err := l.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	all, err := count.Townships(ctx, l)
	if err != nil {
		return nil, err
	}
	var named []string
	for _, name := range all {
		for _, u := range homes {
			if u.Township == name {
				named = append(named, name)
				break
			}
		}
	}
	return named, nil
}

var inside = func(l *store.Ledger) store.Inside { return l.Inside(raw.Pass{}) }

// Notes says in Chinese what is in an extract, and what to do with it.
func (m *Made) Notes() []string {
	ids := "没有身份证号、电话和住址"
	if m.Private {
		ids = "里面有身份证号、电话和住址,请当面交接、专人保管"
	}
	return []string{fmt.Sprintf("%s的单位 %d 个,记录 %d 条,%s;文件 %.1f MB", model.Clean(m.Township, false), m.Units, m.Records, ids, float64(m.Size)/(1<<20)),
		"口令请打电话告诉乡镇,不要写在U盘上;口令忘了谁也打不开,再做一份就是了",
		"乡镇打开程序,选“从备份恢复”,选这个文件,打口令:只能看、能出表,不能改动。给过谁已记在“修改记录”里"}
}
